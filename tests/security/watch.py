"""Notices whatever a page runs or asks for that it should not."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request

# The functions that payloads call tell us, in every frame, before any script of a page could.
HOOK = """
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = (...values) => window.top.__xss?.(name + " in " + location.href);
}
"""

# What would run on a click or a hover, without anybody clicking: handlers, and addresses that are programs.
SLEEPERS = """() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (name.startsWith("on")) found.push(element.outerHTML.slice(0, 200));
      if (["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "ping"].includes(name)
          && (/^(javascript|vbscript|data|blob|feed|view-source):/.test(address) || name === "srcdoc"))
        found.push(element.outerHTML.slice(0, 200));
      if (name === "style") found.push(element.outerHTML.slice(0, 200));
    }
    if (element.localName === "script" && !element.src && element.type !== "application/ld+json")
      found.push(element.outerHTML.slice(0, 200));
  }
  return found;
}"""


@dataclass
class Watch:
    """A page whose every call, dialog and request to elsewhere is written down."""

    page: Page
    origin: str
    seen: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        """Write down what is asked of anybody else."""
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.seen.append(f"asked for {request.url}")

    def called(self, source: Any, what: str) -> None:
        """Write down a call."""
        self.seen.append(f"called {what}")

    def open(self, path: str) -> int:
        """Open a page, wait for all that it starts by itself, and give its status."""
        response = self.page.goto(self.origin + path, wait_until="load")
        self.seen += [f"{path}: {sleeper}" for sleeper in self.page.evaluate(SLEEPERS)]
        return response.status if response else 0


def watch(browser: Browser, origin: str) -> tuple[BrowserContext, Watch]:
    """Give a context without a content policy, and a watched page in it."""
    context = browser.new_context(bypass_csp=True, service_workers="block", locale="en-GB")
    context.add_init_script(HOOK)
    page = context.new_page()
    watched = Watch(page, origin)
    context.expose_binding("__xss", watched.called)
    context.on("request", watched.request)

    def dismiss(dialog: Dialog) -> None:
        watched.seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    return context, watched
