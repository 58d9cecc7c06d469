import type { Migration } from '../../database.ts';

/** What processes on one SQLite file tell each other: whose rows were changed, and by which process. */
export const changes: Migration = {
  name: '006-changes',
  async up(knex) {
    await knex.schema.createTable('change', (table) => {
      table.increments('id');
      table.text('origin').notNullable();
      table.text('owner').notNullable();
    });
  },
};
