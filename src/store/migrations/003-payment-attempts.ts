import type { Migration } from '../../database.ts';

/**
 * Each time a customer goes to pay: what the method knows it by, and what became of it. A payment that is tried again has
 * another one, and money for the first may still come.
 */
export const paymentAttempts: Migration = {
  name: '003-payment-attempts',
  async up(knex) {
    await knex.schema.createTable('payment_attempt', (table) => {
      table.text('reference').primary();
      table.integer('payment_id').notNullable().references('payment.id').index();
      table.text('method').notNullable();
      table.text('status').notNullable().defaultTo('open').checkIn(['open', 'paid', 'failed', 'cancelled']);
      table.text('back').notNullable().defaultTo('/');
      table.text('started').notNullable();
      table.text('asked');
    });
    await knex.raw(`create index "payment_attempt_open" on "payment_attempt" ("started") where "status" = 'open'`);
  },
};
