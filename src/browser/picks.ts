/** Rows chosen for a group action: how many, all at once, and no button without one. */
function show(): void {
  const bar = document.querySelector<HTMLElement>('#group');
  const all = bar?.querySelector<HTMLInputElement>('.pick-all input');
  const said = bar?.querySelector<HTMLElement>('[data-text]');
  if (!bar || !all || !said) return;
  const boxes = picks();
  const count = boxes.filter(({ checked }) => checked).length;
  for (const button of bar.querySelectorAll('button')) button.disabled = count === 0;
  for (const label of bar.querySelectorAll<HTMLElement>('.pick-all')) label.hidden = false;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  const text = count > 0 ? (said.dataset.text ?? '').replace('__count__', String(count)) : '';
  if (said.textContent !== text) said.textContent = text;
}

const picks = () => [...document.querySelectorAll<HTMLInputElement>('input[name="elid"][form="group"]')];

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  if (target.closest('.pick-all')) for (const box of picks()) box.checked = target.checked;
  if (target.closest('.pick, .pick-all')) show();
});
for (const event of ['htmx:after:swap', 'pageshow']) window.addEventListener(event, show);
show();
