import type { Knex, Migration } from '../../database.ts';

type Table = Knex.CreateTableBuilder;

/** What the panel announces, to everybody or to one customer, and which notices somebody has put away. */
export const notices: Migration = {
  name: '004-notices',
  async up(knex) {
    await knex.schema.createTable('announcement', announcement);
    await knex.schema.createTable('announcement_text', (table) => {
      table.increments('id');
      table.integer('announcement_id').notNullable().references('announcement.id').onDelete('cascade');
      table.text('language').notNullable();
      table.text('title').notNullable();
      table.text('text').notNullable();
      table.unique(['announcement_id', 'language']);
    });
    await knex.schema.createTable('dismissal', (table) => {
      table.integer('user_id').notNullable().references('user.id').onDelete('cascade');
      table.text('notice').notNullable();
      // What was put away: when it is changed, it shows again.
      table.text('version').notNullable();
      table.text('created').notNullable();
      table.primary(['user_id', 'notice']);
    });
  },
};

function announcement(table: Table): void {
  table.increments('id');
  // Nobody: it is for everybody.
  table.integer('customer_id').references('customer.id').index();
  table.text('kind').notNullable().checkIn(['incident', 'maintenance', 'news']);
  // Shown from one moment until another; what it is about may start and end later.
  table.text('shown').notNullable();
  table.text('over').notNullable();
  table.text('starts');
  table.text('ends');
  table.text('updated').notNullable();
  table.check('?? < ??', ['shown', 'over']);
}
