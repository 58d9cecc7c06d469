import type { Knex, Migration } from '../../database.ts';

type Table = Knex.CreateTableBuilder;

const id = (table: Table) => table.increments('id');
const time = (table: Table, name: string) => table.text(name).notNullable();
const money = (table: Table, name: string) => table.bigInteger(name).notNullable();
const oneOf = (table: Table, name: string, values: string[]) => table.text(name).notNullable().checkIn(values);
const owner = (table: Table) => table.integer('customer_id').notNullable().references('customer.id');

/** The first tables. Money is integer minor units beside a currency; times are ISO 8601 in UTC, dates `2026-03-14`, as text. */
export const start: Migration = {
  name: '001-start',
  async up(knex) {
    await people(knex);
    await services(knex);
    await dealings(knex);
    await sessions(knex);
  },
};

async function people(knex: Knex) {
  await knex.schema.createTable('customer', (table) => {
    id(table);
    table.text('name').notNullable();
    time(table, 'created');
  });
  await knex.schema.createTable('user', (table) => {
    id(table);
    table.text('login').notNullable().unique();
    table.text('password').notNullable();
    table.text('name').notNullable();
    table.text('email').notNullable();
    table.integer('level').notNullable();
    table.integer('customer_id').references('customer.id').index();
    table.text('language');
    table.text('zone').notNullable();
    oneOf(table, 'theme', ['system', 'light', 'dark']);
    time(table, 'created');
  });
}

async function services(knex: Knex) {
  await knex.schema.createTable('product', (table) => {
    id(table);
    table.text('name').notNullable();
    oneOf(table, 'kind', ['server', 'hosting', 'domain', 'certificate', 'backup']);
    oneOf(table, 'period', ['month', 'quarter', 'year']);
    money(table, 'price');
    table.text('currency').notNullable();
  });
  await knex.schema.createTable('service', (table) => {
    id(table);
    owner(table);
    table.integer('product_id').notNullable().references('product.id');
    table.text('name').notNullable();
    table.text('package').notNullable();
    oneOf(table, 'period', ['month', 'quarter', 'year']);
    money(table, 'cost');
    table.text('currency').notNullable();
    oneOf(table, 'status', ['active', 'suspended', 'expired', 'ordered', 'cancelled']);
    table.text('expires');
    oneOf(table, 'autorenew', ['on', 'off']);
    table.index(['customer_id', 'expires']);
  });
}

async function dealings(knex: Knex) {
  await knex.schema.createTable('account', (table) => {
    id(table);
    owner(table).index();
    table.text('name').notNullable();
    table.text('currency').notNullable();
    money(table, 'balance');
  });
  await knex.schema.createTable('ticket', (table) => {
    id(table);
    owner(table);
    table.text('subject').notNullable();
    table.text('department').notNullable();
    oneOf(table, 'status', ['new', 'open', 'waiting', 'closed']);
    time(table, 'updated');
    time(table, 'created');
    table.index(['customer_id', 'updated']);
  });
  await knex.schema.createTable('payment', (table) => {
    id(table);
    owner(table);
    table.integer('account_id').notNullable().references('account.id');
    table.text('number').notNullable();
    money(table, 'amount');
    table.text('currency').notNullable();
    table.text('method').notNullable();
    oneOf(table, 'status', ['new', 'paid', 'cancelled', 'failed']);
    time(table, 'created');
    table.index(['customer_id', 'created']);
  });
}

async function sessions(knex: Knex) {
  await knex.schema.createTable('session', (table) => {
    table.text('id').primary();
    table.integer('user_id').notNullable().references('user.id').onDelete('cascade').index();
    time(table, 'created');
    time(table, 'seen');
    table.text('expires').notNullable().index();
    table.text('address').notNullable();
    table.text('agent').notNullable();
  });
}
