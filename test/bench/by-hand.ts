/** The home page as one would write it without Lintel: router, session check, knex builder, Nunjucks per request. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Router from '@koa/router';
import knexFactory from 'knex';
import Koa from 'koa';
import nunjucks from 'nunjucks';

const COLUMNS = {
  services: [
    ['c-text', 'Package'],
    ['c-text', 'Name'],
    ['c-message', 'Period'],
    ['c-money is-end', 'Cost'],
    ['c-message', 'Status'],
    ['c-date', 'Expires'],
    ['c-flag', 'Auto-renew'],
  ],
  tickets: [
    ['c-text', 'Subject'],
    ['c-message', 'Status'],
    ['c-message', 'Department'],
    ['c-date', 'Last reply'],
  ],
  accounts: [
    ['c-text', 'Account'],
    ['c-money is-end', 'Balance'],
    ['c-text', 'Currency'],
  ],
} as const;

const TEXTS = {
  period_month: 'monthly',
  period_quarter: 'quarterly',
  period_year: 'yearly',
  service_status_active: 'Active',
  service_status_ordered: 'Ordered',
  service_status_expired: 'Expired',
  service_status_suspended: 'Suspended',
  service_status_cancelled: 'Cancelled',
  hint_ordered: 'Starts when its order is paid',
  hint_suspended: 'Switched off until it is renewed',
  hint_expired: 'Its term is over; renew it to keep it',
  ticket_status_new: 'New',
  ticket_status_open: 'With support',
  ticket_status_waiting: 'Waiting for you',
  department_sales: 'Sales',
  department_technical: 'Technical',
  department_billing: 'Billing',
};

/** What the page shows beside rows, taken from a page of Lintel so that both are the same. */
export interface Fixed {
  readonly sprite: string;
  readonly favicon: string;
  readonly stylesheet: string;
  readonly script: string;
  readonly htmx: string;
  readonly tones: Readonly<Record<string, string>>;
  readonly navigation: readonly { address: string; title: string }[];
}

export function createByHand(path: string, fixed: Fixed, today: Date) {
  const knex = knexFactory({ client: 'sqlite3', connection: { filename: path }, useNullAsDefault: true });
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(join('test', 'bench')), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  addFilters(environment, today);
  const app = new Koa();
  const router = new Router();
  router.get('/home', async (ctx) => {
    const token = ctx.cookies.get('lintel');
    const id = createHash('sha256')
      .update(token ?? '')
      .digest('hex');
    const user = await knex('session')
      .join('user', 'user.id', 'session.user_id')
      .where('session.id', id)
      .where('session.expires', '>', today.toISOString())
      .first('user.*');
    if (!user) return ctx.redirect('/signin');
    const of = (table: string) => knex(table).where({ customer_id: user.customer_id });
    const urgency = `case status when 'suspended' then 1 when 'expired' then 2 when 'active' then 3 when 'ordered' then 4 else 5 end`;
    const waiting = `case status when 'waiting' then 0 else 1 end`;
    const open = () => of('ticket').whereNot({ status: 'closed' });
    const [services, serviceCount, tickets, ticketCount, accounts] = await Promise.all([
      of('service').orderByRaw(`${urgency}, expires, id`).limit(8),
      of('service').count({ total: '*' }).first(),
      open().orderByRaw(`${waiting}, updated desc, id desc`).limit(5),
      open().count({ total: '*' }).first(),
      of('account').orderBy(['name', 'id']),
    ]);
    ctx.type = 'html';
    ctx.body = environment.render('by-hand.njk', {
      ...fixed,
      user,
      ...STATIC,
      serviceIcons: icons(fixed, {
        active: 'p-ok',
        ordered: 'p-info',
        expired: 'p-warn',
        suspended: 'p-error',
        cancelled: 'p-off',
      }),
      ticketIcons: icons(fixed, { new: 'p-new', open: 'p-open', waiting: 'p-reply' }),
      services: list('services', 'Service list', 'service', services, Number(serviceCount?.total)),
      tickets: list('tickets', 'Active tickets', 'ticket', tickets, Number(ticketCount?.total)),
      accounts: list('accounts', 'Account information', 'account', accounts, accounts.length),
    });
  });
  app.use(router.routes());
  return app;
}

const STATIC = {
  messages: TEXTS,
  languages: [
    { code: 'en', name: 'English' },
    { code: 'ar', name: 'العربية' },
    { code: 'de', name: 'Deutsch' },
    { code: 'ru', name: 'Русский' },
  ],
  themes: [
    { name: 'system', title: 'System' },
    { name: 'light', title: 'Light' },
    { name: 'dark', title: 'Dark' },
  ],
  links: [
    { address: '/form/service.order', title: 'Order a service', icon: 'mb-order' },
    { address: '/list/payment', title: 'Credit account', icon: 'mb-money' },
    { address: '/list/ticket', title: 'Submit trouble ticket', icon: 'mb-ticket' },
    { address: '/form/usrparam', title: 'Control panel settings', icon: 'mb-settings' },
    { address: '/help', title: 'Read documentation', icon: 'mb-help', window: true },
  ],
};

function icons({ tones }: Fixed, names: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(names).map(([value, icon]) => [
      value,
      { icon, tone: tones[icon], hint: (TEXTS as Readonly<Record<string, string>>)[`hint_${value}`] },
    ]),
  );
}

function list(name: keyof typeof COLUMNS, title: string, func: string, rows: unknown[], total: number) {
  return {
    name,
    title,
    func,
    rows,
    total,
    columns: COLUMNS[name].map(([className, text]) => ({ class: className, title: text })),
  };
}

function addFilters(environment: nunjucks.Environment, today: Date): void {
  const currencies = new Map<string, Intl.NumberFormat>();
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
  const moments = new Map<string, Intl.DateTimeFormat>();
  const calendar = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  environment.addFilter('money', (minor: number, currency: string) => {
    let format = currencies.get(currency);
    if (!format) {
      format = new Intl.NumberFormat('en', { style: 'currency', currency });
      currencies.set(currency, format);
    }
    return format.format(minor / 100);
  });
  environment.addFilter('date', (iso: string) => day.format(Date.parse(iso)));
  environment.addFilter('moment', (iso: string, zone: string) => {
    let format = moments.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
      moments.set(zone, format);
    }
    return format.format(Date.parse(iso));
  });
  environment.addFilter('days', (iso: string) => (Date.parse(iso) - Date.parse(calendar.format(today))) / 86_400_000);
  environment.addFilter('distance', (days: number) => relative.format(days, 'day'));
}
