/** A form as a browser without scripts fills it in: what the page holds, changed by a visitor. */
import type { Panel } from './panel.ts';
import { readable } from './readable.ts';

export interface OpenedForm {
  readonly path: string;
  readonly html: string;
  /** Every value a browser would send, in order. */
  readonly fields: readonly (readonly [string, string])[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (text: string) =>
  readable(text).replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
const attribute = (tag: string, name: string) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1] ?? '') : undefined;
};

/** Opens a form; the fields are those of its `<form id="form">`. */
export async function openForm(panel: Panel, path: string, cookie: string): Promise<OpenedForm> {
  const answer = await panel.get(path, { cookie });
  const html = readable(await answer.text());
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return { path: path.split('?')[0] ?? '', html: readable(html), fields: fieldsIn(html) };
}

export function fieldsIn(html: string): readonly (readonly [string, string])[] {
  const form = /<form class="form"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const controls = form.matchAll(/<input[^>]*>|<select[\s\S]*?<\/select>|<textarea[\s\S]*?<\/textarea>/g);
  return [...controls].flatMap(([markup]): (readonly [string, string])[] => {
    const [tag = ''] = /^<[^>]*>/.exec(markup) ?? [];
    const name = attribute(tag, 'name');
    if (name === undefined || /\sdisabled/.test(tag)) return [];
    if (tag.startsWith('<textarea'))
      return [[name, plain(markup.slice(tag.length, -'</textarea>'.length).replace(/^\n/, ''))]];
    if (tag.startsWith('<select')) {
      const options = [...markup.matchAll(/<option[^>]*>/g)].map(([option]) => option);
      const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0];
      return chosen === undefined ? [] : [[name, attribute(chosen, 'value') ?? '']];
    }
    if (/type="(checkbox|radio)"/.test(tag) && !/\schecked/.test(tag)) return [];
    return [[name, attribute(tag, 'value') ?? '']];
  });
}

/** What is sent: each change replaces all values of its name; null leaves the name out. */
export function changed(form: OpenedForm, changes: Readonly<Record<string, string | readonly string[] | null>>) {
  const kept = form.fields.filter(([name]) => !Object.hasOwn(changes, name));
  const added = Object.entries(changes).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as const),
  );
  return new URLSearchParams([...kept, ...added].map(([name, value]) => [name, value] as [string, string]));
}

export function send(
  panel: Panel,
  form: OpenedForm,
  cookie: string,
  changes: Readonly<Record<string, string | readonly string[] | null>> = {},
): Promise<Response> {
  return fetch(panel.address + form.path, {
    method: 'POST',
    redirect: 'manual',
    body: changed(form, changes),
    headers: { 'sec-fetch-site': 'same-origin', cookie },
  });
}
