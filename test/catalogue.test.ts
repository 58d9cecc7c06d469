import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { billing } from '../src/billing/index.ts';
import * as blocks from '../src/blocks/index.ts';
import { createCatalogue } from '../src/catalogue.ts';
import * as commands from '../src/cli/commands/index.ts';
import * as columns from '../src/columns/index.ts';
import { configurationSchema } from '../src/configuration-schema.ts';
import { PACKAGE } from '../src/content.ts';
import * as controls from '../src/controls/index.ts';
import * as reporters from '../src/diagnostics/reporters/index.ts';
import type { ElementContract } from '../src/element.ts';
import * as elements from '../src/elements/index.ts';
import { tags } from '../src/pipeline/tags.ts';
import type { Column } from '../src/provider.ts';
import * as rules from '../src/rules/index.ts';

const read = (path: string) => readFileSync(join(PACKAGE, path), 'utf8');
const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const SENTENCE = /^[A-Z`].+\.$/;

/** Each folder that grows, and by what a thing in it is known. */
const catalogues: readonly (readonly [folder: string, listed: object, name: (thing: never) => string])[] = [
  ['elements', elements, ({ name }: { name: string }) => name],
  ['blocks', blocks, ({ name }: { name: string }) => name],
  ['columns', columns, ({ name }: { name: string }) => name],
  ['controls', controls, ({ name }: { name: string }) => name],
  ['rules', rules, ({ code }: { code: string }) => code],
  ['cli/commands', commands, (add: (program: Command) => void) => commandOf(add)?.name() ?? ''],
  ['diagnostics/reporters', reporters, ({ name }: { name: string }) => name],
];

function commandOf(add: (program: Command) => void): Command | undefined {
  const program = new Command();
  add(program);
  return program.commands[0];
}

describe.each(catalogues)('the catalogue src/%s', (folder, listed, name) => {
  const files = readdirSync(join(PACKAGE, 'src', folder))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''));

  test('lists each of its files under its own name, and nothing else', () => {
    expect(Object.keys(listed).sort()).toEqual(files.map(camelCase).sort());
    for (const file of files) {
      const thing = (listed as Record<string, never>)[camelCase(file)];
      expect(name(thing as never), file).toBe(file);
    }
  });
});

describe('every', () => {
  test.each(Object.keys(blocks))('block kind has its template: %s', (name) => {
    expect(existsSync(join(PACKAGE, 'templates/blocks', `${name}.njk`))).toBe(true);
  });

  test.each(Object.keys(columns))('column kind has its template: %s', (name) => {
    expect(existsSync(join(PACKAGE, 'templates/columns', `${name}.njk`))).toBe(true);
  });

  test.each(Object.keys(controls))('control kind has its template: %s', (name) => {
    expect(existsSync(join(PACKAGE, 'templates/controls', `${name}.njk`))).toBe(true);
  });

  test.each(Object.values(rules).map(({ code, about }) => [code, about]))(
    'rule has fixtures and says what it is about: %s',
    (code, about) => {
      expect(
        readdirSync(join(PACKAGE, 'test/rules', code)).filter((file) => !file.endsWith('.out')).length,
      ).toBeGreaterThan(1);
      expect(about).toMatch(SENTENCE);
    },
  );

  test.each(Object.values(elements).map(({ name, about }) => [name, about]))(
    'element says what it is about: %s',
    (_, about) => {
      expect(about).toMatch(SENTENCE);
    },
  );

  test.each(Object.entries(commands))('command says what it does, and each of its flags too: %s', (_, add) => {
    const command = commandOf(add);
    expect(command?.description()).not.toBe('');
    for (const { flags, description } of command?.options ?? []) expect(description, flags).not.toBe('');
  });

  test('element stands in elements that there are', () => {
    const known = new Set(['#document', ...Object.values(elements).map(({ name }) => name)]);
    for (const { name, parents } of Object.values(elements) as ElementContract[]) {
      expect(
        parents.filter((parent) => !known.has(parent)),
        name,
      ).toEqual([]);
      expect(parents.length, name).toBeGreaterThan(0);
    }
  });

  // Reports come with their kind.
  test.each(valuesOf(elements.block, 'type').filter((type) => !/report|diagram/.test(type)))(
    'block of type="%s" has a kind',
    (type) => {
      expect(Object.values(blocks).filter(({ matches }) => matches({ type, name: 'any' }))).toHaveLength(1);
    },
  );

  test.each(valuesOf(elements.col, 'type'))('column of type="%s" has a kind', (type) => {
    expect(Object.values(columns).filter(({ types }) => types.includes(type))).toHaveLength(1);
  });

  test('provider in code has a sample', () => {
    for (const { name, sample } of billing.providers) expect(sample.length, name).toBeGreaterThan(0);
  });

  test('name is one thing’s own', () => {
    const { block } = { block: blocks.list };
    expect(() => createCatalogue({ blocks: [block] })).toThrow('The block kind "list" is registered twice');
    expect(() => createCatalogue({ columns: [columns.money] })).toThrow('The column kind "money" is registered twice');
    expect(() => createCatalogue({ rules: [rules.doctype] })).toThrow('The rule "doctype" is registered twice');
  });
});

function valuesOf({ attributes }: { attributes: { properties: object } }, attribute: string): string[] {
  return [...((attributes.properties as Record<string, { enum?: readonly string[] }>)[attribute]?.enum ?? [])];
}

describe('what is written about it', () => {
  const manual = read('templates/README.md');

  test.each(Object.entries(tags))('names the template tag {%% %s %%}, and how it ends', (name, { encloses }) => {
    expect(manual).toMatch(new RegExp(`\`[^\`]*\\{% ${name}( [^%]*)? %\\}`));
    if (encloses) expect(manual).toContain(`{% end${name} %}`);
  });

  test('names no template tag that there is not', () => {
    const named = [...manual.matchAll(/\{% (?:end)?(\w+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => name !== 'else' && !Object.hasOwn(tags, name))).toEqual([]);
  });

  test('names the values and questions of every column kind', () => {
    const context = {
      column: { name: 'a', props: [] } as unknown as Column,
      at: 0,
      index: () => 0,
      message: () => undefined,
    };
    const written = (words: string) => {
      const [, list = ''] = new RegExp(`\`columns/\`: ${words} \\(([^)]*)\\)`).exec(manual) ?? [];
      return list.split('; ').map((part) => part.split(/\W+/).filter(Boolean).sort());
    };
    const known = (has: 'values' | 'tests') =>
      Object.values(columns).flatMap((kind) => {
        const names = Object.keys(kind.cell(context)[has] ?? {});
        return names.length > 0 ? [[kind.name, ...names].sort()] : [];
      });
    expect(written('the text of the cell, or another value of its kind')).toEqual(known('values'));
    expect(written('a question of its kind')).toEqual(known('tests'));
  });

  test.each(Object.entries(configurationSchema.properties))('names the setting %s with its default', (name, schema) => {
    const readme = read('README.md');
    const [, value] = new RegExp(`^\\| \`${name}\` \\| (.*?) ?\\| \\S.*\\|$`, 'm').exec(readme) ?? [];
    const standard = (schema as { default?: string | number }).default;
    expect(value).toBe(standard === undefined ? '' : `\`${standard}\``);
  });

  test('names every attribute of a block', () => {
    const layouts = read('layouts/README.md');
    const unnamed = Object.keys(elements.block.attributes.properties).filter(
      (name) => !layouts.includes(`\`${name}\``),
    );
    expect(unnamed.filter((name) => !['before', 'after', 'first', 'last', 'remove', 'sprite'].includes(name))).toEqual(
      [],
    );
  });
});
