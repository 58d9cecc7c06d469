import type { Migration } from '../../database.ts';

/** What a user changed about the own home page, as JSON, and what it was before the last change: empty text for nothing. */
export const preferences: Migration = {
  name: '005-preferences',
  async up(knex) {
    await knex.raw(`alter table "user" add column "preference" text`);
    await knex.raw(`alter table "user" add column "preference_before" text`);
  },
};
