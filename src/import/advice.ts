/** What to do about what the family has and Lintel has not, beyond what a rule says of it. */
import type { Severity } from '../diagnostics/diagnostic.ts';
import { elementsOf, type XmlElement } from '../xml/node.ts';
import { valueIn } from './imported.ts';

export interface Advice {
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string;
}

const ADVICE: Readonly<Record<string, (element: XmlElement) => Advice>> = {
  handler: (element) => ({
    severity: 'warning',
    message: `The program "${valueIn(element, 'name')}" is not run`,
    hint: handlerHint(element),
  }),
  library: (element) => ({
    severity: 'warning',
    message: `The library "${valueIn(element, 'name')}" is not loaded`,
    hint: 'What it does is written in TypeScript here: a provider or form in your LINTEL_CONFIG module.',
  }),
  plugin: () => ({
    severity: 'info',
    message: 'The description of the plugin is not kept',
    hint: 'The name of the overlay says whose it is.',
  }),
  mainmenu: () => ({
    severity: 'warning',
    message: 'The menu is not taken over',
    hint: 'The menu has each list that a visitor may call and that has a text "menu" among its messages.',
  }),
  include: (element) => ({
    severity: 'warning',
    message: `The file "${valueIn(element, 'name')}" is not included`,
    hint: 'Write <include name="…"/> with its path from this file, once it lies in layouts/ or data/.',
  }),
  import: () => ({
    severity: 'info',
    message: 'A step of a build is left out',
    hint: 'Lintel reads the files as they are.',
  }),
  band: () => report,
  diagram: () => report,
  reportdata: () => ({
    severity: 'warning',
    message: 'The data that a handler gives are not taken',
    hint: 'Let an <action> name a provider of your LINTEL_CONFIG module.',
  }),
};

const report: Advice = {
  severity: 'warning',
  message: 'This part of a report is left out',
  hint: 'Write it as a list definition with a <query> in data/.',
};

/** What is said when such an element is left out; undefined where the rule's own words do. */
export function adviceOn(element: XmlElement): Advice | undefined {
  return Object.hasOwn(ADVICE, element.name) ? ADVICE[element.name]?.(element) : undefined;
}

function handlerHint(element: XmlElement): string {
  const events = [...elementsOf(element, 'event'), ...elementsOf(element, 'func')];
  const names = events.map((event) => valueIn(event, 'name')).filter((name) => name !== '');
  if (names.includes('dashboard')) {
    return 'What it adds to the home page is written as an overlay: <block name="taskbar"><toolbtn name="…" form="…"/></block>.';
  }
  const what = names.length === 0 ? 'What it does' : `What it does for ${names.map((name) => `"${name}"`).join(', ')}`;
  return `${what} is written in TypeScript: a provider (rows) or a form (an action) in your LINTEL_CONFIG module.`;
}
