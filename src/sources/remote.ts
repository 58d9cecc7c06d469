import type { RowQuery, RowSource } from '../provider.ts';
import type { SourceDescription } from '../source-description.ts';
import type { RemoteOptions, RemoteRows } from './remote-rows.ts';

export type { RemoteOptions };

/** What asks other hosts for rows. */
export interface Remote {
  source(description: SourceDescription): (query: RowQuery) => RowSource;
  close(): Promise<void>;
}

/** What it needs is loaded once there is a source: most panels have none, and the first visitor shall not wait for it. */
export function createRemote(options: RemoteOptions): Remote {
  let opened: Promise<RemoteRows> | undefined;
  const open = () => (opened ??= import('./remote-rows.ts').then(({ createRemoteRows }) => createRemoteRows(options)));
  return {
    source(description) {
      open().catch(() => {}); // It is said to whoever asks for rows.
      return (query) => {
        let rows: RowSource | undefined;
        return async (scope, window, signal) => {
          rows ??= (await open()).rows(description, query);
          return rows(scope, window, signal);
        };
      };
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
