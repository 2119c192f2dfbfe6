import { pgTable, pgEnum, integer, text, varchar } from 'drizzle-orm/pg-core';
export const e = pgEnum('e', ['a', 'b']);
export const a = pgTable('a', { id: integer('id').primaryKey(), x: varchar('x', {length: 5}).notNull(), k: e('k'), z: text('z') });
