/** What is sent to a form beside its values, and where it leads. */
import { createHmac, hash } from 'node:crypto';
import type { FormButton } from '../form.ts';
import type { BoundForm } from './form-bind.ts';
import { OWN_NAMES } from './form-values.ts';

/** A form about more rows than these is about the first of them. */
const ROWS = 1000;

/** `elid=1&elid=2`, or `elid=1, 2` as the family joins them. */
export function readElids(sent: URLSearchParams): readonly string[] {
  const words = sent.getAll(OWN_NAMES.elid).flatMap((text) => text.split(','));
  const elids = words.map((word) => word.trim()).filter((word) => word !== '' && word.length <= 100);
  return [...new Set(elids)].slice(0, ROWS);
}

/** The button that was pressed; the first that acts, when a key was. */
export function buttonOf({
  sent,
  form,
}: {
  readonly sent: URLSearchParams;
  readonly form: BoundForm;
}): FormButton | undefined {
  const acting = form.buttons.filter(({ type }) => type === 'ok');
  const pressed = sent.get(OWN_NAMES.button);
  return pressed === null ? acting[0] : acting.find(({ name }) => name === pressed);
}

/** The address of a page of ours, with the key of what it is to tell. */
export function tellingAt(path: string, key: string): string {
  const address = new URL(path, 'http://here');
  address.searchParams.set(OWN_NAMES.done, key);
  return address.pathname + address.search + address.hash;
}

/**
 * Everything that was sent but where it came from: the same for a form that is sent again. It is stored, so nobody is to
 * guess a password by it: those go in by a key that is kept nowhere, and count as other ones for who has another key.
 */
export function digest(sent: URLSearchParams, { controls }: Pick<BoundForm, 'controls'>, key: string): string {
  const secrets = new Set(controls.filter(({ type }) => type === 'password').map(({ name }) => name));
  const hidden = (value: string) => createHmac('sha256', key).update(value).digest('base64url');
  const fields = [...sent]
    .filter(([name]) => name !== OWN_NAMES.back)
    .map(([name, value]) => [name, secrets.has(name) ? hidden(value) : value]);
  return hash('sha256', JSON.stringify(fields));
}
