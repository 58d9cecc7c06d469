import type { Database, Knex } from '../../database.ts';
import type { Announcement } from './announcements.ts';
import type { Calendar } from './calendar.ts';
import { insert, numberOn, type Row } from './insert.ts';
import { products } from './products.ts';
import { addStory, type Put, type TableName, tableNames, userRow } from './rows.ts';
import type { Colleague, Story } from './story.ts';

/** Gives the rows of stories their numbers, from 1, and writes them. */
export interface Tables {
  add(story: Story): void;
  addColleague(colleague: Colleague, customer: number): void;
  announce(announcement: Announcement, customer: number): void;
  /** Writes what was added since the last time. */
  write(): Promise<void>;
  finish(): Promise<void>;
}

interface Table {
  count: number;
  rows: Row[];
}

/** Empty tables, but for the price list and `admin`, who is user 1: the user of a customer has its number plus one. */
export function createTables(trx: Knex.Transaction, client: Database['client'], calendar: Calendar): Tables {
  const tables = Object.fromEntries(tableNames.map((name) => [name, { count: 0, rows: [] }])) as unknown as Record<
    TableName,
    Table
  >;
  const put: Put = (name, row) => {
    const table = tables[name];
    table.count += 1;
    table.rows.push({ id: table.count, ...row });
    return table.count;
  };
  for (const product of products) put('product', { ...product });
  put('user', admin(calendar));
  return {
    add: (story) => addStory(story, calendar, put),
    addColleague: (colleague, customer) => void put('user', userRow({ ...colleague, level: 4, customer_id: customer })),
    announce({ texts, ...announcement }, customer_id) {
      const announcement_id = put('announcement', { customer_id, ...announcement });
      for (const [language, [title, text]] of Object.entries(texts))
        put('announcement_text', { announcement_id, language, title, text });
    },
    async write() {
      for (const name of tableNames) {
        await insert(trx, client, name, tables[name].rows);
        tables[name].rows = [];
      }
    },
    finish: () => numberOn(trx, client, tableNames),
  };
}

function admin(calendar: Calendar): Row {
  const who = { login: 'admin', name: 'Admin', email: 'admin@example.com', level: 7, customer_id: null };
  return userRow({ ...who, zone: 'UTC', created: calendar.ago(1500) });
}
