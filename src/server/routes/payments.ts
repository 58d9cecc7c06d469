import { type Attempt, receiptOf } from '../../billing/payments/index.ts';
import { safeLink } from '../../link.ts';
import { addressOf } from '../address.ts';
import type { Context, ServerOptions, Visitor } from '../context.ts';
import { rawBody } from '../raw-body.ts';
import { respond } from '../respond.ts';
import { signedIn } from '../signed-in.ts';

type Options = Pick<ServerOptions, 'engine' | 'payments' | 'origin' | 'log'>;
type PaymentContext = Context & { params: { reference?: string; method?: string } };

/** `GET /pay/:reference`: on to the method. A form may lead to no other site, so a page with a link lies between. */
export function leave({ engine, payments, origin, log }: Options) {
  return async (ctx: PaymentContext) => {
    const found = await attemptOf(ctx, { engine, payments });
    if (!found) return;
    const { attempt, visitor } = found;
    const isOpen = attempt.status === 'open' && (attempt.paymentStatus === 'new' || attempt.paymentStatus === 'failed');
    if (!isOpen) return goOn(ctx, `/payment/return/${encodeURIComponent(attempt.reference)}`);
    ctx.set('Cache-Control', 'no-store');
    const to = await payments.leave(attempt, origin ?? `http://${ctx.req.headers.host}`).then(
      (address) => addressIn(address),
      (err: unknown) => {
        log.error({ requestId: ctx.state.requestId, method: attempt.method, err }, 'a payment method did not answer');
      },
    );
    if (to === undefined) return show(ctx, { engine }, { attempt, visitor, isUnreachable: true });
    if (to.startsWith('/')) return goOn(ctx, to);
    ctx.set('Refresh', `1; url=${to}`);
    const words = engine.words('payment.return', visitor.scope);
    const values = { host: new URL(to).host };
    const data = { to, title: words.text('leave_title', values), said: words.text('leave_text', values) };
    const { language, theme, level } = visitor.scope;
    await respond(
      ctx,
      engine.page('leave', { language, theme, level }, { ...data, go: words.text('leave_go', values) }, visitor.scope),
    );
  };
}

/** `GET /payment/return/:reference`: shows the payment as it is. That a customer comes back says nothing about money. */
export function comeBack({ engine, payments }: Options) {
  return async (ctx: PaymentContext) => {
    const found = await attemptOf(ctx, { engine, payments });
    if (!found) return;
    ctx.set('Cache-Control', 'no-store');
    const looked = Number(ctx.query.looked ?? 0);
    const wait = found.attempt.status === 'open' ? LOOKS[looked] : undefined;
    if (wait !== undefined) ctx.set('Refresh', `${wait}; url=${ctx.path}?looked=${looked + 1}`);
    await show(ctx, { engine }, { ...found, isUnreachable: false });
  };
}

/** Seconds after which the page looks again by itself. */
const LOOKS: readonly number[] = [3, 7, 20];

const BODY_LIMIT = 16 * 1024;

/** `POST /payment/notify/:method`: without a session, from another server. What is known already is answered as at first. */
export function notify({ payments, proxies }: Pick<ServerOptions, 'payments' | 'proxies'>) {
  return async (ctx: PaymentContext) => {
    const body = await rawBody(ctx.req, BODY_LIMIT);
    const outcome = await payments.notified(ctx.params.method ?? '', {
      headers: ctx.req.headers,
      body,
      address: addressOf(ctx, proxies),
    });
    ctx.status = ANSWERS[outcome] ?? 200;
    ctx.body = { outcome };
  };
}

const ANSWERS: Readonly<Record<string, number>> = { refused: 401, unknown: 404, mismatch: 422 };

interface Found {
  readonly attempt: Attempt;
  readonly visitor: Visitor;
}

/** Somebody else's payment, none at all, and one that the level may not see are the same 404. */
async function attemptOf(
  ctx: PaymentContext,
  { engine, payments }: Pick<Options, 'engine' | 'payments'>,
): Promise<Found | undefined> {
  const visitor = signedIn(ctx);
  if (!visitor) return undefined;
  const { customer, level } = visitor.scope;
  const isAllowed = customer !== null && engine.allows(level, 'payment.pay');
  const attempt = isAllowed ? await payments.find(ctx.params.reference ?? '', customer) : undefined;
  if (!attempt) ctx.throw(404);
  return { attempt, visitor };
}

function goOn(ctx: Context, to: string): void {
  ctx.redirect(to);
  ctx.status = 303;
}

/** Where a method leads: a path of ours or a web address; its own fault otherwise. */
function addressIn(text: string): string {
  const link = safeLink(text);
  if (link === undefined || !/^(\/|https?:)/.test(link)) throw new Error('The payment method leads to no web address');
  return link;
}

async function show(
  ctx: Context,
  { engine }: Pick<Options, 'engine'>,
  { attempt, visitor, isUnreachable }: Found & { readonly isUnreachable: boolean },
): Promise<void> {
  const { scope } = visitor;
  const { language, theme, level } = scope;
  const receipt = receiptOf(attempt, engine.words('payment.return', scope), isUnreachable);
  const page = engine.page('payment', { language, theme, level }, { receipt, address: '/list/payment' }, scope);
  await respond(ctx, page, isUnreachable ? 503 : 200);
}
