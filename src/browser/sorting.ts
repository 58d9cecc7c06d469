/** Ctrl, Shift or Command with a click on a heading sorts by that column as well, as the small link beside it does. */
document.addEventListener(
  'click',
  (event) => {
    const { target, ctrlKey, metaKey, shiftKey } = event;
    const heading = target instanceof Element && target.closest('a.sort');
    if (!heading || !(ctrlKey || metaKey || shiftKey)) return;
    event.preventDefault();
    const then = heading.parentElement?.querySelector<HTMLElement>('a.then');
    (then ?? (heading as HTMLElement)).click();
  },
  { capture: true },
);
