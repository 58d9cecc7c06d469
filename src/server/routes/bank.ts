import type { Bank, BankOrder } from '../../billing/payments/bank.ts';
import type { Context, ServerOptions } from '../context.ts';
import { respond } from '../respond.ts';

type Options = Pick<ServerOptions, 'engine'> & { readonly bank: Bank };
type BankContext = Context & { params: { method?: string } };

const ANSWERS = ['yes', 'no', 'nothing'] as const;

/** `GET /bank/:method`: the page of the demo's bank. It knows its customers by the order that they bring along. */
export function bankPage({ engine, bank }: Options) {
  return async (ctx: BankContext) => {
    const text = String(ctx.query.order ?? '');
    const order = orderIn(ctx, bank, text);
    const { language } = ctx.state;
    const words = engine.words('payment.bank', { language, zone: 'UTC' });
    const method = words.of('payment').text(`method_${order.method}`);
    const data = {
      order: text,
      action: `/bank/${encodeURIComponent(order.method)}`,
      amount: words.money(order.amount, order.currency),
      lines: [
        { label: words.text('to'), value: words.text('shop') },
        { label: words.text('method'), value: method },
        { label: words.text('number'), value: order.number },
        { label: words.text('reference'), value: order.reference },
      ],
      answers: ANSWERS.map((name) => ({ name, title: words.text(name), hint: words.text(`hint_${name}`) })),
      ...Object.fromEntries(['title', 'demo', 'ask'].map((key) => [key, words.text(key)])),
    };
    ctx.set('Cache-Control', 'no-store');
    await respond(ctx, engine.page('bank', { language, theme: ctx.state.theme, level: undefined }, data));
  };
}

/** `POST /bank/:method`: the bank notifies the panel, or does not, and sends the customer back either way. */
export function bankAnswer({ bank }: Options) {
  return async (ctx: BankContext) => {
    const { order: text, answer } = ctx.request.body as { order?: unknown; answer?: unknown };
    const order = orderIn(ctx, bank, String(text));
    const said = ANSWERS.find((name) => name === answer);
    if (!said) ctx.throw(400);
    await bank.answer(order, said);
    ctx.redirect(order.back);
    ctx.status = 303;
  };
}

function orderIn(ctx: BankContext, bank: Bank, text: string): BankOrder {
  const order = bank.read(text);
  if (!order || order.method !== ctx.params.method) ctx.throw(404);
  return order;
}
