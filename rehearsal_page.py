"""Turns simcord's page, made for developers of bots, into one for readers.

All of simcord's private names that the rehearsal uses are here; simcord is pinned because of them.

| name | what for | what a change breaks, and which test shows it |
| --- | --- | --- |
| `Preview._action` | to let nothing else move while somebody clicks | presses are refused now and then: `test_what_a_timer_posts_appears_on_the_page` |
| `Preview._get_page`, its `revision` | to take a press from a page that has not seen the newest state yet | the same |
| `Preview._server`, its `_static` and `_STATIC_FILES` | to add a script and a style | no button that lets time pass: `test_three_members_read_an_evening` |
| its `_SECURITY_HEADERS` | to answer as the rest of the page does | no script and no style: the same |
| `#viewer-picker`, `#channel-timeline` and the other ids of its page | to put the button there, and to hide the rest | the same |
| `time.discord-timestamp` | to let "in 40 seconds" count down | `test_only_what_is_relative_counts_down` |

The tests are those of `tests/test_rehearsal.py`.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcord import Preview

SCRIPT_PATH, STYLE_PATH, SKIP_PATH = "/rehearsal.js", "/rehearsal.css", "/rehearsal-skip"
SCRIPT = """
// A while to pass: for ballots, sessions and dates that nobody wants to sit out.
let skipped = 0;
const skip = document.createElement("button");
skip.textContent = "Let 5 minutes pass";
skip.id = "rehearsal-skip";
skip.addEventListener("click", async () => {
  const answer = await fetch("/rehearsal-skip");
  skipped = Number(await answer.text()) * 1000;
});
document.querySelector(".viewer-control").after(skip);
// Stay at the newest message unless the reader has scrolled up.
const timeline = document.getElementById("channel-timeline");
const list = document.getElementById("channel-message-list");
let away = false;
const toBottom = () => { if (!away) timeline.scrollTop = timeline.scrollHeight; };
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  timeline.addEventListener(kind, () => requestAnimationFrame(() => {
    away = timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight > 40;
  }), { passive: true });
}
new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(toBottom)))
  .observe(list, { childList: true });
new ResizeObserver(toBottom).observe(list);
// Let "in 40 seconds" count down, but no full date.
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const units = [["second", 60, 1], ["minute", 3600, 60], ["hour", 86400, 3600], ["day", 604800, 86400],
  ["week", Infinity, 604800]];
const relative = /^(in|now|this|last|next|yesterday|today|tomorrow)\\b|\\bago$/;
setInterval(() => {
  for (const node of document.querySelectorAll("time.discord-timestamp")) {
    if (!relative.test(node.textContent)) continue;
    const seconds = (new Date(node.dateTime) - Date.now() - skipped) / 1000;
    const [unit, , size] = units.find(([, below]) => Math.abs(seconds) < below);
    node.textContent = words.format(Math.round(seconds / size), unit);
  }
}, 1000);
"""
STYLE = """
/* What a developer of bots needs and a reader does not. */
.preview-brand, #capture-open, #inspector-toggle, #refresh, #view-action-output, #messages-toggle, #messages-sidebar {
  display: none !important;
}
.preview-workspace { grid-template-columns: 1fr !important; }
#preview-stage { grid-column: 1 / -1; }
@media (max-width: 760px) {
  .preview-shell { --toolbar-height: 48px !important; }
  #viewer-picker, #rehearsal-skip { min-height: 32px; font-size: 14px; }
  #action-status { position: absolute; width: 1px; height: 1px !important; overflow: hidden; clip-path: inset(50%); }
}
"""


def act_alone(preview: "Preview", alone: Callable[[], AbstractAsyncContextManager[None]]) -> None:
    """Run whatever is done on the page inside `alone()`, and never refuse it as stale."""
    act = preview._action  # noqa: SLF001 - see the table

    async def action(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with alone():
            if context_id is not None and "published_revision" in body:
                page = preview._get_page(context_id)  # noqa: SLF001 - see the table
                body = {**body, "published_revision": page.revision}
            return await act(context_id, body)

    preview._action = action  # type: ignore[method-assign] # noqa: SLF001 - see the table


def dress(preview: "Preview", skip: Callable[[], float]) -> None:
    """Add a script and a style, before anybody opens the page.

    The script's button calls `skip`, which returns how many seconds the clock is ahead.
    """
    from aiohttp import web  # noqa: PLC0415 - only the rehearsal has it served, see `rehearse`

    server = preview._server  # noqa: SLF001 - see the table
    plain = server._static  # noqa: SLF001 - see the table
    files = {SCRIPT_PATH: ("application/javascript", SCRIPT), STYLE_PATH: ("text/css", STYLE)}

    def answer(text: str, kind: str = "text/plain") -> web.Response:
        return web.Response(text=text, content_type=kind, headers=server._SECURITY_HEADERS)  # noqa: SLF001 - see the table

    async def static(request: web.Request) -> web.StreamResponse:
        if request.path == SKIP_PATH:
            return answer(str(skip()))
        if request.path in files:
            kind, text = files[request.path]
            return answer(text, kind)
        response: web.StreamResponse = await plain(request)
        if request.path == "/" and isinstance(response, web.Response) and response.text:
            response.text = _dressed(response.text)
        return response

    server._static = static  # type: ignore[method-assign] # noqa: SLF001 - see the table
    served = {**server._STATIC_FILES, **dict.fromkeys([*files, SKIP_PATH], "")}  # noqa: SLF001 - see the table
    vars(server)["_STATIC_FILES"] = served


def _dressed(html: str) -> str:
    return (
        html.replace("SimCord Preview", "Rehearsal")
        .replace("SimCord preview", "Rehearsal")
        .replace("</head>", f'<link rel="stylesheet" href="{STYLE_PATH}"></head>')
        .replace("</body>", f'<script type="module" src="{SCRIPT_PATH}"></script></body>')
    )
