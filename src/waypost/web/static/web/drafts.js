// Keeps what is typed into a form that asks for it, two seconds after the last key and when the page is left.
const PAUSE = 2000;

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
}

function keep(form) {
  let waiting = null;
  let isSent = false;

  const save = () => {
    clearTimeout(waiting);
    if (waiting === null || isSent) return;
    waiting = null;
    // A file is chosen and not typed, so it is not part of a draft.
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    typed.push(["_address", location.pathname]);
    // With keepalive, a draft is still sent when the page is already going away.
    fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(typed), keepalive: true, credentials: "same-origin" });
  };

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", later);
  // Someone quick has typed before this script was there to hear it.
  if ([...form.elements].some((each) => "defaultValue" in each && each.type !== "file" && each.type !== "hidden"
    && (each.value !== each.defaultValue || each.checked !== each.defaultChecked))) later();
  form.addEventListener("submit", () => { isSent = true; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
