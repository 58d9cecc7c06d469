import type { ControlKind } from '../control.ts';
import type { FormButton, FormDescription, FormField, FormPage, FormPart } from '../form.ts';
import { addressOf, type FunctionDescription } from '../function.ts';
import type { BoundControl } from './form-check.ts';

/** A form as one visitor may see it. */
export interface BoundForm {
  readonly pages: readonly BoundPage[];
  readonly controls: readonly BoundControl[];
  readonly buttons: readonly BoundButton[];
}

export interface BoundButton extends FormButton {
  /** The address of the list that it leads to. */
  readonly list: string | undefined;
}

export interface BoundPage extends Omit<FormPage, 'fields'> {
  readonly fields: readonly BoundField[];
}

export interface BoundField extends Omit<FormField, 'controls'> {
  readonly controls: readonly BoundControl[];
}

export interface FormVisitor {
  readonly level: number;
  readonly isNew: boolean;
  /** Another function, if the visitor may call it. */
  find(func: string): FunctionDescription | undefined;
}

/** Leaves out what the level may not see, and what is not there for a new row or for one that exists. */
export function bindForm(
  { pages, buttons }: FormDescription,
  kinds: readonly ControlKind[],
  { level, isNew, find }: FormVisitor,
): BoundForm {
  const isThere = (part: FormPart) => part.level(level) && part.removedIf !== (isNew ? 'new' : 'edit');
  const kindOf = (control: Pick<BoundControl, 'element' | 'type'>) => {
    const kind = kinds.find((one) => one.matches(control));
    if (!kind) throw new Error(`No control kind is <${control.element} type="${control.type}">`);
    return kind;
  };
  const bindField = (field: FormField): BoundField => ({
    ...field,
    controls: field.controls.filter(isThere).map((control) => ({ ...control, kind: kindOf(control) })),
  });
  const bound = pages.filter(isThere).map((page) => ({
    ...page,
    fields: page.fields
      .filter(isThere)
      .map(bindField)
      .filter(({ controls }) => controls.length > 0),
  }));
  return {
    pages: bound,
    controls: bound.flatMap(({ fields }) => fields.flatMap(({ controls }) => controls)),
    buttons: buttons.filter((button) => button.level(level)).flatMap((button) => bindButton(button, find)),
  };
}

function bindButton(button: FormButton, find: FormVisitor['find']): readonly BoundButton[] {
  if (button.func === undefined) return [{ ...button, list: undefined }];
  const target = find(button.func);
  return target ? [{ ...button, list: target.type === 'list' ? addressOf(target) : undefined }] : [];
}
