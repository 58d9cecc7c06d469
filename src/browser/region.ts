/** A part of a page that is replaced without a reload: what is sent for it, what is done with the answer. */
interface Detail {
  readonly ctx: {
    readonly sourceElement: Element;
    readonly target: Element | undefined;
    readonly text: string;
    readonly request: { readonly action: string; readonly method: string; readonly body: FormData | null };
    readonly response?: { readonly raw: Response };
  };
}

const on = (name: string, listener: (event: CustomEvent<Detail>) => void) =>
  document.addEventListener(name, listener as EventListener);

document.documentElement.classList.add('is-scripted');

/** A choice in a form that only filters takes effect at once. */
document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement && target.form?.classList.contains('auto')) target.form.requestSubmit();
});

/** What was left empty is not said in the address. */
on('htmx:config:request', ({ detail: { ctx } }) => {
  const { body } = ctx.request;
  for (const [name, value] of [...(body ?? [])]) if (value === '') body?.delete(name);
});

/** An answer without the part that was asked for (signed out meanwhile, an error) is shown as the page that it is. */
on('htmx:before:swap', (event) => {
  const { target, text, response } = event.detail.ctx;
  if (!target?.id || text.includes(`id="${target.id}"`)) return;
  event.preventDefault();
  location.assign(response?.raw.url ?? location.href);
});

/** Without an answer the browser says what is wrong. */
on('htmx:error', ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) location.assign(ctx.request.method === 'GET' ? ctx.request.action : location.href);
});

/** Another page of a list is read from its start. */
on('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.sourceElement.closest('.pager'))
    ctx.target?.querySelector<HTMLElement>('.block')?.focus({ preventScroll: true });
});
