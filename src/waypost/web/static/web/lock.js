// Takes a page that has been left alone off the screen, when its session has locked. The draft is kept before that.
export function lockWhenLeft() {
  const { lock, lockAfter } = document.body.dataset;
  if (!lock || location.pathname === lock) return;
  let left = null;
  const wait = () => {
    clearTimeout(left);
    left = setTimeout(() => location.assign(`${lock}?next=${encodeURIComponent(location.pathname)}`), Number(lockAfter) * 1000);
  };
  for (const kind of ["keydown", "pointerdown", "scroll"]) document.addEventListener(kind, wait, { passive: true });
  wait();
}
