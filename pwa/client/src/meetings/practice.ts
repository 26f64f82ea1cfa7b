/** A specialist's times, from the form of their page in the shape in which the API takes them; the page itself reads it in `pwa/own_practice.py`. */

type Row = Readonly<Record<string, string>>;

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const NUMBERS = ["minutes_before", "minutes_after", "notice_hours", "horizon_days", "capacity"];

export function practiceIn(form: HTMLFormElement): Record<string, unknown> {
  const sent = new FormData(form);
  const texts = (name: string) => sent.getAll(name).map(String);
  /** Fields of the same names stand in rows; an empty row is none. */
  const rows = (prefix: string, names: readonly string[]): Row[] => {
    const columns = names.map((name) => texts(`${prefix}-${name}`));
    const count = Math.min(...columns.map(({ length }) => length));
    return Array.from({ length: count }, (_, row) => Object.fromEntries(names.map((name, column) => [name, columns[column]?.[row] ?? ""]).filter(([, value]) => value))).filter((row) => Object.keys(row).length > 0);
  };
  const numberIn = (name: string) => (sent.get(name) ? Number(sent.get(name)) : null);
  return {
    ways: texts("ways"),
    weekly: DAYS.flatMap((weekday) => rows(`weekly-${weekday}`, ["begins", "ends"]).map((part) => ({ weekday, ...part }))),
    away: rows("away", ["first", "last"]),
    extra: rows("extra", ["day", "begins", "ends"]),
    ...Object.fromEntries(NUMBERS.map((name) => [name, numberIn(name)])),
  };
}
