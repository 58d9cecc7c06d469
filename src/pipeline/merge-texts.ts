import { createMessages, type Messages } from '../messages.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../xml/node.ts';
import type { StoredTexts } from '../xml/stored.ts';
import { isRemoved } from './overlay.ts';
import type { Judgement } from './overlay-judgement.ts';

/** The texts of all files: language → group → key → text. */
export class Texts {
  private readonly table = new Map<string, Map<string, Map<string, string>>>();

  get messages(): Messages {
    return createMessages(this.table);
  }

  /** Adds the texts of a file that holds nothing else; the first of a name stays. */
  addStored(texts: StoredTexts): void {
    for (const [language, groups] of Object.entries(texts)) {
      const own = at(this.table, language);
      for (const [group, keys] of Object.entries(groups)) {
        const table = at(own, group);
        for (const key in keys) if (!table.has(key)) table.set(key, keys[key] ?? '');
      }
    }
  }

  /** Adds the texts of a file; the first of a name stays. */
  add(root: XmlElement): void {
    const languages = root.name === 'mgrdata' ? elementsOf(root, 'lang') : root.name === 'doc' ? [root] : [];
    for (const language of languages) {
      for (const { table, key, msg } of this.textsIn(language)) if (!table.has(key)) table.set(key, textOf(msg));
    }
  }

  /** Writes the texts of an overlay over those that there are, or takes them away. */
  overlay(lang: XmlElement, judgement: Judgement): void {
    for (const { table, key, msg } of this.textsIn(lang)) {
      const known = table.get(key);
      if (isRemoved(msg) && known === undefined) {
        judgement.lacking(
          msg,
          `There is no text "${key}" to remove`,
          new Map([...table.keys()].map((one) => [one, undefined])),
        );
      } else if (isRemoved(msg)) table.delete(key);
      else if (known === textOf(msg)) judgement.unused(msg);
      else table.set(key, textOf(msg));
    }
  }

  private *textsIn(language: XmlElement) {
    const name = attributeOf(language, language.name === 'doc' ? 'lang' : 'name')?.value ?? 'en';
    for (const messages of elementsOf(language, 'messages')) {
      const table = at(at(this.table, name), attributeOf(messages, 'name')?.value ?? '');
      for (const msg of elementsOf(messages, 'msg')) yield { table, key: attributeOf(msg, 'name')?.value ?? '', msg };
    }
  }
}

function at<V extends Map<string, unknown>>(map: Map<string, V>, key: string): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = new Map() as V));
  return value;
}
