import type Koa from 'koa';
import type { Bank, Payments } from '../billing/payments/index.ts';
import type { Engine } from '../engine.ts';
import type { Scope, Theme } from '../provider.ts';
import type { Sessions, User, Users } from '../store/index.ts';
import type { Metrics } from './metrics.ts';

/** What the server is made of; everything it needs from outside is handed in. */
export interface ServerOptions {
  readonly engine: Engine;
  readonly users: Users;
  readonly sessions: Sessions;
  readonly payments: Payments;
  /** The stand-in for payment methods, where a demo is served to this machine only. */
  readonly bank?: Bank | undefined;
  /** Public origin; undefined on loopback, where any loopback host name is ours. */
  readonly origin: string | undefined;
  /** Sites whose pages may stand in a frame of ours, as sources of a policy. */
  readonly frames?: readonly string[];
  /** How many trusted proxies stand in front. */
  readonly proxies: number;
  readonly log: Log;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Told how long answers took; missing where nobody asks. */
  readonly metrics?: Pick<Metrics, 'answered'> | undefined;
  /** Rejects while the database cannot be used. */
  readonly checkDatabase: () => Promise<void>;
  /** Shows the demo sign-ins at the sign-in page. */
  readonly isDemo: boolean;
}

export interface Log {
  info(entry: object, message: string): void;
  warn(entry: object, message: string): void;
  error(entry: object, message: string): void;
}

export interface State {
  requestId: string;
  /** Undefined before sign-in. */
  visitor: Visitor | undefined;
  language: string;
  theme: Theme;
  /** The id under which a failure of this request stands in the log. */
  incident?: string;
}

export interface Visitor {
  readonly user: User;
  readonly scope: Scope;
  readonly token: string;
}

export type Context = Koa.ParameterizedContext<State>;
export type Middleware = Koa.Middleware<State>;
