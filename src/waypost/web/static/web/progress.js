// Asks again how far some work has come, while a page shows that it is under way, and shows what the page would show.
const EVERY = 1000;

export function lookAgain() {
  if (document.querySelector("[data-under-way]")) setTimeout(look, EVERY);
}

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer === null) return setTimeout(look, EVERY);
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-under-way]");
  // It is done, or the person has been signed out: either way the whole page is another one.
  if (!there) return location.reload();
  const here = document.querySelector("[data-under-way]");
  for (const name of ["progress", "[data-says]"]) {
    const [old, now] = [here.querySelector(name), there.querySelector(name)];
    if (old.textContent !== now.textContent) old.textContent = now.textContent;
    if (now.value !== undefined) old.value = now.value;
  }
  setTimeout(look, EVERY);
}
