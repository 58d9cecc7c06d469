/** The button of a form that leads to another page is pressed once. */
document.addEventListener('submit', ({ submitter, defaultPrevented }) => {
  if (defaultPrevented || !(submitter instanceof HTMLButtonElement)) return;
  // Not before the browser has read the form: a disabled button is not sent.
  setTimeout(() => {
    submitter.disabled = true;
    submitter.setAttribute('aria-busy', 'true');
  });
});

/** A page that comes back out of the browser's memory is as it was left. */
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[aria-busy]')) {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
});
