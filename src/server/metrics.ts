/** Metrics for Prometheus, at an address of their own: what is asked of providers, how blocks come, and how long answers take. */
import { createServer } from 'node:http';
import type { Gauge } from 'prom-client';
import type { Health, Observer } from '../engine.ts';

export interface Metrics {
  readonly observer: Required<Observer>;
  /** A request was answered; `route` is its pattern and no address. */
  answered(route: string, status: number, seconds: number): void;
  /** Serves `/metrics`; `health` is of the content. Resolves with the address. */
  listen(host: string, port: number, health: () => Health): Promise<string>;
  close(): Promise<void>;
}

const SECONDS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

/** Loaded only where somebody wants them: the library takes its time. */
export async function createMetrics(): Promise<Metrics> {
  const { Counter, Gauge: GaugeOf, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram<L>({ name: `lintel_${name}_seconds`, help, labelNames, buckets: SECONDS, registers });
  const calls = seconds('provider_call', 'Calls of providers, by what became of them.', ['func', 'outcome']);
  const blocks = seconds('block', 'How long the rows of a block of the home page took.', [
    ...(['block', 'func', 'outcome', 'from'] as const),
  ]);
  const answers = seconds('request', 'Answers to requests.', ['route', 'status']);
  const ages = new GaugeOf({
    name: 'lintel_block_age_seconds',
    help: 'Age of the rows that a block showed last.',
    labelNames: ['block', 'func'],
    registers,
  });
  const paused = new Counter({
    name: 'lintel_provider_refused_total',
    help: 'Calls that were not made, for the provider is left alone.',
    labelNames: ['func'],
    registers,
  });
  let health: (() => Health) | undefined;
  new GaugeOf({
    name: 'lintel_content_revision',
    help: 'How many revisions of the content were served.',
    registers,
    collect() {
      this.set(health?.().revision ?? 0);
    },
  });
  new GaugeOf({
    name: 'lintel_content_problems',
    help: 'Findings in the content on disk; while there are errors, the revision before is served.',
    labelNames: ['severity'],
    registers,
    collect() {
      countProblems(this, health?.());
    },
  });
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return {
    observer: {
      onCall({ func, outcome, milliseconds }) {
        if (outcome === 'refused') paused.inc({ func });
        else calls.observe({ func, outcome }, milliseconds / 1000);
      },
      onAsked({ block, func, outcome, from, milliseconds, age }) {
        blocks.observe({ block, func, outcome, from }, milliseconds / 1000);
        ages.set({ block, func }, age / 1000);
      },
    },
    answered: (route, status, seconds) => answers.observe({ route, status }, seconds),
    listen(host, port, of) {
      health = of;
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve(addressOf(server.address())));
      });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function addressOf(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/metrics`;
}

function countProblems(gauge: Gauge<'severity'>, health: Health | undefined): void {
  for (const severity of ['error', 'warning', 'info'] as const) {
    gauge.set({ severity }, health?.problems.filter((problem) => problem.severity === severity).length ?? 0);
  }
}
