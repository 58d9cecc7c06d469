import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BoundBlock } from '../../src/block.ts';
import { createCatalogue } from '../../src/catalogue.ts';
import { PACKAGE, readContent } from '../../src/content.ts';
import { defineProvider, type ProviderDefinition } from '../../src/provider.ts';
import { compileContent } from '../../src/revision.ts';
import { attributeOf, elementsOf, type XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';

/** What each layout of the family gives: the manager and level whose it is, and its blocks as `shown` writes them. */
const LAYOUTS: Readonly<Record<string, readonly [path: string, ...blocks: string[]]>> = {
  'gen4-quick': [
    'billmgr_dashboard_5',
    'top quick: pay docs',
    'left jobs 4 of jobs: title started | open*',
    'right a of a: id',
  ],
  'gen4-customer': [
    'billmgr_dashboard_5',
    'top shortcuts: order support stat site',
    'left products 10 of product: name state expire autoprolong | open* prolong',
    'right accounts 3 of subaccount: currency balance',
  ],
  'gen4-staff': [
    'billmgr_dashboard_7',
    'top ops: clients money all some masked',
    'left queue 20 of ticket.queue: client subject created cost | answer* close',
  ],
  'gen4-user-copy': ['billmgr_dashboard_5', 'right jobs 7 of jobs: started title | open', 'top taskbar: journal help'],
  'gen4-reports': ['billmgr_dashboard_6', 'right clients 5 of client: name income'],
  'gen5-core': [
    'core_dashboard_30',
    'top taskbar: journal stat help user',
    'top changelog.changes 5 of changelog.changes: version text',
    'top sysinfo of sysinfo: name value',
  ],
  'gen5-metadata': ['core_dashboard_29', 'top taskbar: help session', 'left session 10 of session: user idle | delete'],
  'gen5-print': [
    'billmgr_dashboard_24',
    'top taskbar: order stat all',
    'left billing.clients 7 of client: name created traffic status services | edit* su delete',
  ],
  'gen5-runtime': ['core_dashboard_30', 'top taskbar: journal help', 'right tasks 5 of task: name state | run*'],
  'gen5-windows': [
    'vdsmgr_dashboard_24',
    'top taskbar: help srv',
    'right servers 5 of server: name power traffic | reboot',
    'left ip of iplist:',
  ],
  'gen6-user': [
    'ispmgr_dashboard_16',
    'top taskbar: site mail help',
    'left sites 5 of site: name aliases disk ssl | edit* files',
    'right limits of limits:',
  ],
  'gen6-wrapped': ['dcimgr_dashboard_29', 'top bar: user', 'left vm 10 of vm: name ip mem | start stop'],
};

const texts = (name: string) => readFileSync(join(import.meta.dirname, 'family', `${name}.xml`));
const own = readContent([PACKAGE]);

/** The content of the demo with a file of the family in it. */
function compile(path: string, bytes: Uint8Array, providers: readonly ProviderDefinition[] = []) {
  const documents = [...own.documents.filter((file) => file.path !== path), { path, bytes }];
  return compileContent(
    { documents },
    {
      catalogue: createCatalogue({ providers, features: ['jobs'] }),
      manager: /(\w+?)_dashboard/.exec(path)?.[1] ?? 'billmgr',
      icons: new Set<string>(),
      database: undefined,
      structureOnly: true,
    },
  );
}

/** Lists in the place of those that a layout names, with the columns and buttons that it wants of them. */
function standIns(root: XmlElement): ProviderDefinition[] {
  const all = everyElement(root);
  const names = all.flatMap(({ attributes }) =>
    attributes.filter(({ name }) => /^(func|form|list)$/.test(name)).map(({ value }) => value),
  );
  return [...new Set(names.filter((name) => !name.includes('(')))].map((name) => {
    const block = all.find((element) => element.name === 'block' && attributeOf(element, 'func')?.value === name);
    const namesOf = (child: string) =>
      block ? elementsOf(block, child).map((element) => attributeOf(element, 'name')?.value ?? '') : [];
    return defineProvider({
      name,
      key: 'id',
      columns: namesOf('col').map((column) => ({ name: column })),
      buttons: namesOf('toolbtn').map((button) => ({ name: button, func: name })),
      sample: [],
      rows: async () => [],
    });
  });
}

const everyElement = (element: XmlElement): XmlElement[] => [element, ...elementsOf(element).flatMap(everyElement)];

function shown({ position, name, func, links, list }: BoundBlock): string {
  if (!list) return `${position} ${name}: ${links?.map((link) => link.name).join(' ')}`;
  const columns = list.columns.map((column) => column.name).join(' ');
  const buttons = [...list.actions, ...list.groups].map((action) => action.name + (action.isDefault ? '*' : ''));
  const actions = buttons.length > 0 ? ` | ${buttons.join(' ')}` : '';
  return `${position} ${name}${list.limit ? ` ${list.limit}` : ''} of ${func}: ${columns}${actions}`.trim();
}

describe('a layout of the family', () => {
  test.each(Object.entries(LAYOUTS))('%s loads as it is', async (name, [file, ...blocks]) => {
    const path = `layouts/${file}.xml`;
    const { diagnostics } = await compile(path, texts(name));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { root } = readXml(path, texts(name));
    const { plans } = await compile(path, texts(name), root && standIns(root));
    const plan = plans.get(Number(/\d+$/.exec(file)?.[0]));
    const known = plan?.blocks.filter(({ kind }) => kind === 'toolbar' || kind === 'list');
    expect(known?.map(shown)).toEqual(blocks);
  });
});

describe('a page in a frame', () => {
  const page = 'https://example.com/news';
  test.each([
    [`url="${page}"`, 'medium'],
    [`src="${page}" height="200"`, 'small'],
    [`href="${page}" height="480px"`, 'medium'],
    [`address="${page}" height="900"`, 'large'],
    [`url="${page}" src="https://other.example.com/" height="large"`, 'large'],
  ])('is known however its address is written: %s', async (attributes, height) => {
    const text = `<doc><block name="news" position="top" type="url" title="News" ${attributes}/></doc>`;
    const { diagnostics, plans } = await compile('layouts/billmgr_dashboard_5.xml', Buffer.from(text));
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(plans.get(5)?.blocks[0]?.frame).toEqual({ address: page, height, isOurs: false });
  });
});

describe('definitions of the family', () => {
  let functions: Awaited<ReturnType<typeof compile>>['functions'];
  beforeAll(async () => {
    const { diagnostics, ...revision } = await compile('data/family.xml', texts('gen5-definitions'));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    ({ functions } = revision);
  });

  test('give lists with their buttons, columns and icons', () => {
    const { provider, icon } = functions.get('jobs') ?? {};
    expect(icon).toBe('m-jobs');
    expect(provider?.buttons.map(({ name }) => name).join(' ')).toBe('back new open stop list show js');
    expect(provider?.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'title data',
      'state prop',
      'sum data',
    ]);
    expect(provider?.columns[2]?.props).toMatchObject([{ name: 'auto', value: 'on', on: 'p-info' }]);
  });

  test('give forms with their pages and controls', () => {
    const { description } = functions.get('jobs.edit')?.form ?? {};
    const controls = description?.pages.flatMap(({ name, fields }) =>
      fields.map((field) =>
        [name, field.name, ...field.controls.map(({ element, type }) => type ?? element)].join(' '),
      ),
    );
    expect(controls).toEqual([
      ' notes textarea',
      ' when checkbox msg checkbox',
      ' rows table',
      ' shown data',
      'main title text',
      'main kind radio',
    ]);
  });

  test('are all tried', () => {
    const files = readdirSync(join(import.meta.dirname, 'family')).map((name) => name.replace('.xml', ''));
    expect(files.sort()).toEqual([...Object.keys(LAYOUTS), 'gen5-definitions'].sort());
  });
});
