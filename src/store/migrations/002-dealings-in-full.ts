import type { Knex, Migration } from '../../database.ts';

type Table = Knex.CreateTableBuilder;

const time = (table: Table, name: string) => table.text(name).notNullable();
const oneOf = (table: Table, name: string, values: string[]) => table.text(name).notNullable().checkIn(values);
const owner = (table: Table) => table.integer('customer_id').notNullable().references('customer.id');

/** The ledger behind each balance, the words of tickets, what forms and payments need to act once, and versions of what is edited. */
export const dealingsInFull: Migration = {
  name: '002-dealings-in-full',
  async up(knex) {
    for (const sql of [...columns, ...indexes, ...known]) await knex.raw(sql);
    await ledger(knex);
    await messages(knex);
    await keys(knex);
    await knex.raw(openings);
  },
};

const version = '"version" integer not null default 1';

/** SQLite adds a column with its checks, but no check without a column: those of a row stand at its last new column. */
const columns = [
  `"user" add column "rows" integer check ("rows" > 0)`,
  `"user" add column "start" text`,
  `"user" add column ${version}`,
  `"account" add column ${version}`,
  `"service" add column "domain" text`,
  `"service" add column "os" text`,
  `"service" add column "created" text not null default '1970-01-01T00:00:00Z'`,
  `"service" add column ${version} check ("cost" >= 0)`,
  `"ticket" add column "unread" text not null default 'off' check ("unread" in ('on', 'off'))`,
  `"ticket" add column ${version}`,
  `"payment" add column "service_id" integer references "service" ("id")`,
  `"payment" add column "purpose" text not null default 'funds' check ("purpose" in ('funds', 'order'))
     check ("purpose" <> 'order' or "service_id" is not null)`,
  `"payment" add column "started" text`,
  `"payment" add column "reference" text`,
  `"payment" add column ${version} check ("amount" > 0)`,
].map((change) => `alter table ${change}`);

const indexes = [
  `create unique index "account_owner" on "account" ("id", "customer_id", "currency")`,
  `create unique index "payment_number" on "payment" ("account_id", "number")`,
  `create unique index "payment_reference" on "payment" ("reference") where "reference" is not null`,
  `create index "payment_service" on "payment" ("service_id") where "service_id" is not null`,
  `create unique index "payment_order" on "payment" ("service_id") where "purpose" = 'order' and "status" = 'paid'`,
];

/** What the rows that are there already say about the new columns. */
const known = [
  `update "ticket" set "unread" = 'on' where "status" = 'waiting'`,
  `update "service" set
     "created" = (select "created" from "customer" where "customer"."id" = "service"."customer_id"),
     "domain" = (select "service"."name" from "product" where "product"."id" = "service"."product_id"
                 and "product"."kind" in ('domain', 'hosting', 'certificate'))`,
];

/** A balance that is there already opens its account's ledger, at the time of the last payment that is known. */
const openings = `
  insert into "ledger" ("customer_id", "account_id", "amount", "currency", "reason", "created")
  select "account"."customer_id", "account"."id", "account"."balance", "account"."currency", 'opening', coalesce(
    (select max("payment"."created") from "payment"
     where "payment"."account_id" = "account"."id" and "payment"."status" = 'paid'),
    "customer"."created")
  from "account" join "customer" on "customer"."id" = "account"."customer_id"
  where "account"."balance" <> 0
  order by "account"."id"`;

/**
 * Every change of a balance: the sum of an account's entries is its balance. An entry has the owner and the currency of
 * its account, and a payment is entered once.
 */
async function ledger(knex: Knex) {
  await knex.schema.createTable('ledger', (table) => {
    table.increments('id');
    owner(table);
    table.integer('account_id').notNullable().index();
    table.bigInteger('amount').notNullable();
    table.text('currency').notNullable();
    oneOf(table, 'reason', ['opening', 'payment', 'order', 'renewal', 'refund']);
    table.integer('payment_id').references('payment.id');
    table.integer('service_id').references('service.id');
    table.text('note').notNullable().defaultTo('');
    time(table, 'created');
    table
      .foreign(['account_id', 'customer_id', 'currency'])
      .references(['id', 'customer_id', 'currency'])
      .inTable('account');
    table.unique(['payment_id', 'reason']);
    table.index(['customer_id', 'created']);
    table.check(`amount <> 0`);
    table.check(`reason <> 'payment' or (amount > 0 and payment_id is not null)`);
    table.check(`reason not in ('order', 'renewal') or (amount < 0 and service_id is not null)`);
  });
  await knex.raw(`create unique index "ledger_opening" on "ledger" ("account_id") where "reason" = 'opening'`);
}

async function messages(knex: Knex) {
  await knex.schema.createTable('ticket_message', (table) => {
    table.increments('id');
    table.integer('ticket_id').notNullable().references('ticket.id').index();
    table.text('author').notNullable();
    oneOf(table, 'side', ['customer', 'staff']);
    table.text('text').notNullable();
    time(table, 'created');
  });
}

/** What was done already: a form that is sent twice and a notification that comes twice act once. */
async function keys(knex: Knex) {
  await knex.schema.createTable('form_key', (table) => {
    table.integer('user_id').notNullable().references('user.id').onDelete('cascade');
    table.text('key').notNullable();
    table.text('func').notNullable();
    table.text('request').notNullable();
    table.text('answer');
    table.text('created').notNullable().index();
    table.primary(['user_id', 'key']);
  });
  await knex.schema.createTable('payment_event', (table) => {
    table.text('method').notNullable();
    table.text('event').notNullable();
    table.integer('payment_id').notNullable().references('payment.id').index();
    table.text('status').notNullable();
    time(table, 'received');
    table.primary(['method', 'event']);
  });
}
