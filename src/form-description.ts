/** Reads the elements of a form definition (`metadata type="form"`) into pages, fields, controls and buttons. */
import type { Control, Hiding } from './control.ts';
import { columnsIn } from './definition.ts';
import { readAttributes } from './element.ts';
import * as elements from './elements/index.ts';
import type { FormButton, FormDescription, FormField, FormPage } from './form.ts';
import { levelTest } from './level.ts';
import { attributeOf, elementsOf, type XmlElement } from './xml/node.ts';

/** Undefined when the definition has no `<form>`. */
export function readForm(metadata: XmlElement): FormDescription | undefined {
  const [form] = elementsOf(metadata, 'form');
  if (!form) return undefined;
  const { nosubmit, nocancel } = readAttributes(elements.form, form);
  const loose = elementsOf(form, 'field');
  const pages = elementsOf(form, 'page').map(readPage);
  const written = elementsOf(form, 'buttons').flatMap((buttons) => elementsOf(buttons, 'button').flatMap(readButton));
  const usual = [...(nosubmit ? [] : [usualButton('ok')]), ...(nocancel ? [] : [usualButton('cancel')])];
  return {
    pages: loose.length > 0 || pages.length === 0 ? [pageOfLoose(loose), ...pages] : pages,
    buttons: written.length > 0 ? written : usual,
  };
}

/** Every control of a form. */
export function controlsOf({ pages }: FormDescription): readonly Control[] {
  return pages.flatMap(({ fields }) => fields.flatMap(({ controls }) => controls));
}

const everybody = levelTest(undefined);

function usualButton(type: 'ok' | 'cancel'): FormButton {
  return { name: type, type, func: undefined, isDangerous: false, isPartial: false, level: everybody };
}

function pageOfLoose(fields: readonly XmlElement[]): FormPage {
  const part = { level: everybody, removedIf: undefined };
  return { name: undefined, isCollapsed: false, fields: fields.map(readField), ...part };
}

function readPage(element: XmlElement): FormPage {
  const { name, collapsed, remove_if: removedIf, level } = readAttributes(elements.page, element);
  const fields = elementsOf(element, 'field').map(readField);
  return { name, isCollapsed: collapsed === true, removedIf, level: levelTest(level), fields };
}

function readField(element: XmlElement): FormField {
  const { name, noname, fullwidth, required, remove_if: removedIf, level } = readAttributes(elements.field, element);
  const controls = elementsOf(element)
    .filter(isControl)
    .map((control) => readControl(control, required === true));
  return {
    name,
    isLabelHidden: noname === true,
    isWide: fullwidth === true,
    removedIf,
    level: levelTest(level),
    controls,
  };
}

const CONTROLS: readonly string[] = ['input', 'select', 'textarea', 'textdata', 'list'] satisfies Control['element'][];

function isControl({ name }: XmlElement): boolean {
  return CONTROLS.includes(name);
}

type ControlAttributes = Partial<ReturnType<typeof readAttributes<typeof elements.input>>> & { readonly rows?: number };

function readControl(element: XmlElement, isFieldRequired: boolean): Control {
  const contract = elements[element.name as Control['element']];
  const attributes = readAttributes(contract, element) as ControlAttributes;
  const shownOnly = attributes.type === 'msg';
  const options = elementsOf(element, 'val').map((val) => readAttributes(elements.val, val).key);
  const hides = elementsOf(element).flatMap(readHiding);
  return {
    name: attributes.name ?? '',
    element: shownOnly ? 'textdata' : (element.name as Control['element']),
    type: attributes.type === 'toggle' ? 'checkbox' : attributes.type,
    isRequired: isFieldRequired || attributes.required === true,
    isReadOnly: attributes.readonly === true,
    refills: hides.length > 0 || !['no', undefined].includes(attributes.setvalues),
    minLength: attributes.minlength,
    maxLength: attributes.maxlength,
    min: attributes.min,
    max: attributes.max,
    step: attributes.step,
    check: attributes.check,
    currency: attributes.currency ?? 'currency',
    rows: attributes.rows,
    autocomplete: attributes.autocomplete,
    options: options.length > 0 ? options : undefined,
    hides,
    columns: columnsIn(element),
    removedIf: attributes.remove_if,
    level: levelTest(attributes.level),
  };
}

function readHiding(element: XmlElement): Hiding[] {
  if (element.name === 'else') return [{ value: undefined, target: readAttributes(elements.else, element).hide }];
  if (element.name !== 'if') return [];
  const { value, hide } = readAttributes(elements.if, element);
  if (hide === undefined) return [];
  return [{ value: attributeOf(element, 'empty') ? '' : (value ?? ''), target: hide }];
}

function readButton(element: XmlElement): FormButton[] {
  const { name, type, func, warning, partial, level } = readAttributes(elements.button, element);
  const is = { isDangerous: warning === true, isPartial: partial === true };
  if (type !== 'ok' && type !== 'cancel' && type !== 'func') return [];
  return [{ name, type, func, ...is, level: levelTest(level) }];
}
