/** Sources of lists for tests: read from XML as a definition has them, asked as a page asks. */
import { onTestFinished } from 'vitest';
import { readPeers } from '../../src/peers.ts';
import type { Row, RowQuery, Scope, Window } from '../../src/provider.ts';
import { readSource, sourceFields } from '../../src/source-description.ts';
import { createRemote, type RemoteOptions } from '../../src/sources/index.ts';
import { elementsOf } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/read.ts';
import { type Answer, startPeer, type TestPeer } from './peer.ts';

export const ALICE: Scope = {
  customer: 17,
  user: 4,
  name: 'Alice',
  login: 'alice',
  level: 5,
  language: 'en',
  zone: 'Europe/Berlin',
  theme: 'system',
  rows: 25,
  now: new Date('2026-03-14T09:26:53Z'),
  session: '1f0c2b7a91d3',
};

export const SECRETS: Readonly<Record<string, string>> = {
  LINTEL_SECRET_CRM: 'crm-key',
  LINTEL_SECRET_PANEL: 'lintel:pass:word',
  LINTEL_SECRET_WRONG: 'lintel:wrong',
};

export interface Asking {
  readonly scope?: Partial<Scope>;
  readonly window?: Partial<Window>;
  readonly query?: Partial<RowQuery>;
  readonly signal?: AbortSignal;
}

export interface Asker {
  /** The rows of a definition's source, by field. */
  rows(metadata: string, asking?: Asking): Promise<Answered>;
  close(): Promise<void>;
}

export interface Answered {
  readonly rows: readonly Readonly<Record<string, Row[number]>>[];
  readonly total: number;
}

/** Asks sources; `sources` is the setting LINTEL_SOURCES. */
export function createAsker(sources: string, options: Partial<RemoteOptions> = {}): Asker {
  const remote = createRemote({ peers: readPeers(sources), secret: (variable) => SECRETS[variable], ...options });
  return {
    async rows(metadata, { scope, window, query, signal } = {}) {
      const document = readXml('data/test.xml', Buffer.from(`<mgrdata>${metadata}</mgrdata>`));
      const [element] = document.root ? elementsOf(document.root, 'metadata') : [];
      const source = element && readSource(element);
      if (!element || !source) throw new Error('There is no source');
      const fields = sourceFields(element, source);
      const read = remote.source(source)({ fields, sort: [], ...query });
      const { rows, total } = await read({ ...ALICE, ...scope }, { limit: 5, offset: 0, ...window }, signal);
      const named = rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, row[index] ?? null])));
      return { rows: named, total };
    },
    close: () => remote.close(),
  };
}

/** A peer that answers so, and one that asks it; both for the test that is running. */
export async function startAsking(answer: Answer): Promise<{ readonly peer: TestPeer; readonly asker: Asker }> {
  const peer = await startPeer(answer);
  const asker = createAsker(peer.allowed);
  onTestFinished(async () => {
    await Promise.all([peer.stop(), asker.close()]);
  });
  return { peer, asker };
}
