import type { Additions } from '../../src/catalogue.ts';
import { type Database } from '../../src/database.ts';
import { type Engine } from '../../src/engine.ts';
export declare const TODAY: Date;
export interface Panel {
  readonly address: string;
  readonly engine: Engine;
  readonly database: Database;
  /** The provider's own content folder; empty at first, on top of Lintel's. */
  readonly folder: string;
  readonly logged: readonly LogEntry[];
  clock: Date;
  write(path: string, text: string): Promise<void>;
  signIn(login: string, password?: string): Promise<string>;
  get(
    path: string,
    options?: {
      cookie?: string;
      headers?: Record<string, string>;
    },
  ): Promise<Response>;
  post(
    path: string,
    fields: Record<string, string>,
    options?: {
      cookie?: string;
      headers?: Record<string, string>;
    },
  ): Promise<Response>;
  stop(): Promise<void>;
}
export interface LogEntry extends Record<string, unknown> {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}
export interface PanelOptions {
  readonly customers?: number;
  readonly additions?: Additions;
  readonly watch?: boolean;
}
export declare function startPanel({ customers, additions, watch }?: PanelOptions): Promise<Panel>;
/** Lintel's own file at a path of the content, to be changed by a test. */
export declare const ownFile: (path: string) => string;
export declare function copyOwn(panel: Panel, path: string): Promise<void>;
