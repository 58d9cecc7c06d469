/** A choice on which the rest of a form depends fills it anew at once, as the button `Update` beside it does. */
let asked: AbortController | undefined;

document.addEventListener('change', ({ target }) => {
  const field = target instanceof Element ? target.closest('.form .field') : null;
  const update = field?.querySelector<HTMLButtonElement>('button.update');
  if (update?.form) void refill(update.form, update);
});

async function refill(form: HTMLFormElement, update: HTMLButtonElement): Promise<void> {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const body = new URLSearchParams([...new FormData(form, update)].map(([name, value]) => [name, String(value)]));
  form.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(form.action, { method: 'POST', body, signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector<HTMLFormElement>('#form');
    // Without the form (signed out meanwhile, an error) the browser shows what there is instead.
    if (!fresh) throw new Error('No form came back');
    replace(form, fresh);
  } catch {
    if (!signal.aborted) form.requestSubmit(update);
  }
}

/** What was typed or chosen while the answer was on its way stays, and so does the place where one was. */
function replace(form: HTMLFormElement, fresh: HTMLFormElement): void {
  const focused = document.activeElement?.id;
  const others = '.field:not(:has(> .update)) :is(input:not([type="hidden"]), select, textarea)[id]';
  for (const before of form.querySelectorAll<HTMLInputElement>(others)) {
    const after = fresh.querySelector<HTMLInputElement>(`#${CSS.escape(before.id)}`);
    if (!after || after.disabled) continue;
    if (before.type === 'checkbox') after.checked = before.checked;
    else if (before.type === 'radio') after.checked ||= before.checked;
    else after.value = before.value;
  }
  form.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  said.textContent = fresh.querySelector('.names-total .shown')?.textContent ?? '';
}

/** Reads out what is to be paid now. */
const said = document.createElement('p');
said.className = 'vh';
said.setAttribute('role', 'status');
document.querySelector('main:has(> .form)')?.append(said);
