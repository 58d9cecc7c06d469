/** Checks what was typed into a form: ajv, compiled once per set of controls from what their kinds say. The import of ajv. */
import { isIP } from 'node:net';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Control, ControlKind, ControlValue, ControlValues } from '../control.ts';

export interface BoundControl extends Control {
  readonly kind: ControlKind;
}

/** What is wrong with a value: the keyword of its schema, and the limit that was passed. */
export interface Fault {
  /** The control, or the name of a value that the form does not take. */
  readonly name: string;
  readonly keyword: string;
  readonly limit?: number;
  /** What its text must be. */
  readonly format?: string;
}

/** The first fault of each value; `controls` are those that are asked. */
export type FormCheck = (values: ControlValues, controls: readonly BoundControl[]) => readonly Fault[];

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  int: (text) => /^[+-]?\d{1,15}$/.test(text),
  money: (text) => /^\d{1,12}([.,]\d{1,3})?$/.test(text),
  phone: (text) => /^\+?[\d\s().-]{5,30}$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 5,
  ip: (text) => isIP(text) !== 0,
  iprange: isAddressRange,
  daterange: (text) => /^\d{4}-\d\d-\d\d - \d{4}-\d\d-\d\d$/.test(text),
  domain: isDomain,
  url: (text) => URL.canParse(text) && /^https?:/i.test(text),
};

export function createFormCheck(): FormCheck {
  const ajv = new Ajv({ allErrors: true, strict: true });
  formats.default(ajv, ['date', 'email']);
  for (const [name, validate] of Object.entries(CHECKS)) ajv.addFormat(name, validate);
  const compiled = new Map<string, ValidateFunction>();
  return (values, controls) => {
    const schema = JSON.stringify(schemaOf(controls));
    let validate = compiled.get(schema);
    if (validate === undefined) compiled.set(schema, (validate = ajv.compile(JSON.parse(schema) as object)));
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => isThere(value)));
    return validate(given) ? [] : firstOfEach((validate.errors ?? []).map(faultOf));
  };
}

const isThere = (value: ControlValue) => value !== undefined && value !== null;

function schemaOf(controls: readonly BoundControl[]): object {
  const taken = controls.filter(({ kind, isReadOnly }) => kind.input && !isReadOnly);
  return {
    type: 'object',
    properties: Object.fromEntries(taken.map((control) => [control.name, control.kind.input?.schema(control)])),
    required: taken.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function faultOf({ keyword, instancePath, params }: ErrorObject): Fault {
  if (keyword === 'required') return { name: String(params.missingProperty), keyword };
  if (keyword === 'additionalProperties') return { name: String(params.additionalProperty), keyword };
  const name = (instancePath.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
  const limit = params.limit ?? params.multipleOf;
  return {
    name,
    keyword,
    ...(typeof limit === 'number' && { limit }),
    ...(keyword === 'format' && { format: String(params.format) }),
  };
}

function firstOfEach(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ name }, index) => faults.findIndex((other) => other.name === name) === index);
}

/** A name of the DNS, in any script: at least two labels, each of at most 63 characters as it goes over the wire. */
function isDomain(text: string): boolean {
  if (!/^[\p{L}\p{M}\p{N}.-]{3,253}$/u.test(text) || !URL.canParse(`http://${text}`)) return false;
  const { hostname } = new URL(`http://${text}`);
  const labels = hostname.split('.');
  const isLabel = (label: string) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label);
  return hostname.length <= 253 && labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isAddressRange(text: string): boolean {
  const [first = '', last, ...more] = text.split('-').map((part) => part.trim());
  if (more.length > 0) return false;
  if (last !== undefined) return isIP(first) !== 0 && isIP(first) === isIP(last);
  const [address = '', bits = ''] = first.split('/');
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}
