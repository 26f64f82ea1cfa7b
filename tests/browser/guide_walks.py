"""The way to each screen of the guide, as an editor goes it; each gives the parts of the screen that are drawn."""

from playwright.sync_api import Locator, expect

from tests.browser.citing import Citing
from tests.browser.desk import Desk
from tests.browser.guide_stage import DRAFT, SUBMITTED, Stage

Parts = list[Locator]
BIBTEX = """@article{ferrow2019,
  author = {Ferrow, Ada},
  title = {A plain account of evening walks},
  journal = {Journal of Invented Examples},
  year = {2019}, volume = {4}, pages = {11--29}
}

@book{quill2011,
  author = {Quill, Hanno and Łoś, Maja},
  title = {On keeping a small room},
  publisher = {Window Press},
  year = {2011}
}

@article{tallis2021,
  author = {Tallis, Ann},
  title = {What a lamp is for},
"""


def dashboard(stage: Stage) -> Parts:
    """What a publisher finds on the first page."""
    desk = stage.desk("publisher", height=1500)
    desk.open("")
    return [desk.page.locator(f"#desk-{key}") for key in ("waiting", "drafts", "moderation", "soon", "due")]


def write(stage: Stage) -> Parts:
    """The body of an article, block by block."""
    desk = edit_article(stage, DRAFT, height=2400)
    body = desk.page.locator('[data-contentpath="body"]').first
    add = body.get_by_role("button", name="Insert a block")
    return [
        add.first,
        *(body.get_by_role("region", name=name) for name in ("Heading Where", "Text * Most", "Key takeaways")),
    ]


def token(stage: Stage) -> Parts:
    """A citation in a text, pressed."""
    desk = edit_article(stage, DRAFT)
    citing = Citing(desk)
    citing.tokens().first.click()
    card = desk.page.locator(".citing-card")
    expect(card.get_by_role("button", name="Edit")).to_be_visible()
    return [citing.text(), card]


def citation(stage: Stage) -> Parts:
    """The dialog of a citation, with a reference chosen and its place filled in."""
    citing = Citing(edit_article(stage, DRAFT, height=1000))
    citing.begin()
    row = citing.choose("walks ferrow", "A plain account of evening walks")
    row.get_by_label("Place", exact=True).fill("4-9")
    row.get_by_label("Words before").fill("see")
    expect(citing.dialog).to_contain_text("(see Ferrow, 2019, pp. 4–9)")
    return [citing.page.locator(".modal-content").filter(has=citing.dialog)]


def checks(stage: Stage) -> Parts:
    """The panel of checks, with advice on what is written."""
    desk = edit_article(stage, DRAFT)
    open_side(desk, "checks")
    advice = desk.page.locator(".writing-advice")
    expect(advice).to_contain_text("Can it be two sentences?")
    return [advice]


def import_preview(stage: Stage) -> Parts:
    """What an import would make, before it makes it."""
    desk = stage.desk("publisher", height=1200)
    desk.open("references-import/")
    desk.fill("pasted", BIBTEX)
    desk.page.get_by_role("button", name="Read and preview").click()
    expect(desk.page.locator(".references-import-rows")).to_be_visible()
    return [desk.page.locator(".references-import-lead"), desk.page.locator(".references-import-choices")]


def evidence(stage: Stage) -> Parts:
    """The tab of a reference that says what it is worth."""
    desk = stage.desk("publisher", height=1500)
    desk.open("snippets/references/reference/?q=evening+walks")
    open_first(desk, "A plain account of evening walks")
    return tab(desk, "Evidence", "What kind of evidence it is")


def to_do(stage: Stage) -> Parts:
    """What is due, for a clinical reviewer."""
    desk = stage.desk("reviewer")
    desk.open("to-do/")
    return [desk.page.locator("main .nice-padding > *")]


def where_and_when(stage: Stage) -> Parts:
    """The places and times of a banner that meets another one."""
    desk = stage.desk("publisher", height=1500)
    desk.open("snippets/banners/banner/?q=November")
    open_first(desk, "A quiet half hour in November")
    return tab(desk, "Where and when", "To look after", "Places")


def calendar(stage: Stage) -> Parts:
    """A month of banners."""
    desk = stage.desk("publisher", width=1160)
    desk.open("snippets/banners/banner/calendar/?month=2026-11")
    return [desk.page.locator(name) for name in (".banner-desk__bar", ".banner-key", ".banner-month")]


def counts(stage: Stage) -> Parts:
    """How often banners were shown and followed."""
    desk = stage.desk("publisher", height=1200)
    desk.open("snippets/banners/banner/counts/")
    return [desk.page.locator(".banner-desk__bar"), desk.page.locator(".banner-charts")]


def preview(stage: Stage) -> Parts:
    """The page as a reader will get it, beside the form."""
    desk = edit_article(stage, DRAFT)
    open_side(desk, "preview")
    page = desk.page.frame_locator("#w-preview-iframe")
    expect(page.get_by_role("heading", level=1)).to_have_text(DRAFT)
    return [desk.page.get_by_role("complementary", name="Preview")]


def submit(stage: Stage) -> Parts:
    """What a writer can do with a draft."""
    return actions(edit_article(stage, DRAFT))


def approve(stage: Stage) -> Parts:
    """What a publisher can do with what waits for them."""
    return actions(edit_article(stage, SUBMITTED, "publisher"))


def tab(desk: Desk, name: str, *sections: str) -> Parts:
    """Open a tab of a form, and give its sections of these names with the row of tabs above them."""
    desk.tab(name)
    desk.page.get_by_role("tab", name=name, exact=True).blur()
    panel = desk.page.get_by_role("tabpanel", name=name)
    return [desk.page.get_by_role("tablist").first, *(panel.get_by_role("region", name=each) for each in sections)]


def actions(desk: Desk) -> Parts:
    """Unfold the menu at the foot of a form."""
    foot = desk.page.get_by_role("navigation", name="Actions (footer)")
    foot.get_by_role("button", name="More actions").click()
    menu = foot.get_by_role("tooltip")
    expect(menu).to_be_visible()
    return [foot, menu]


def edit_article(stage: Stage, title: str, who: str = "writer", height: int = 900) -> Desk:
    """Find an article and open its form."""
    desk = stage.desk(who, height=height)
    desk.open(f"pages/search/?q={title.replace(' ', '+')}")
    open_first(desk, title)
    expect(desk.page.locator('[name="title"]')).to_have_value(title)
    return desk


def open_first(desk: Desk, name: str) -> None:
    """Follow a link of a list, and wait for the form."""
    desk.page.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(desk.page.get_by_role("tab").first).to_be_visible()
    expect(desk.page.locator("body.ready")).to_be_attached()


def open_side(desk: Desk, panel: str) -> None:
    """Open a panel beside the form."""
    desk.page.locator(f'[data-side-panel-toggle="{panel}"]').click()
