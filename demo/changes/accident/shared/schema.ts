import { relations, sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { createInsertSchema } from "drizzle-zod";
import { z } from "zod";

export const userRole = pgEnum("user_role", ["owner", "admin", "member"]);
export const projectStatus = pgEnum("project_status", ["draft", "active", "archived"]);

const timestamps = {
  createdAt: timestamp("created_at").defaultNow().notNull(),
  updatedAt: timestamp("updated_at").defaultNow().notNull(),
};

export const organizations = pgTable("organizations", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  plan: varchar("plan", { length: 20 }).default("free").notNull(),
  ...timestamps,
});

export const users = pgTable(
  "users",
  {
    id: varchar("id").primaryKey().default(sql`gen_random_uuid()`),
    organizationId: integer("organization_id").references(() => organizations.id),
    email: varchar("email", { length: 320 }).notNull(),
    passwordHash: text("password_hash").notNull(),
    role: userRole("role").default("member").notNull(),
    ...timestamps,
  },
  (table) => [uniqueIndex("users_email_idx").on(table.email)],
);

export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  name: text("name"),
});

export const contacts = pgTable(
  "contacts",
  {
    id: serial("id").primaryKey(),
    clientId: integer("client_id")
      .notNull()
      .references(() => clients.id, { onDelete: "cascade" }),
    fullName: text("full_name").notNull(),
    phone: varchar("phone", { length: 40 }),
  notes: text("notes"),
    isPrimary: boolean("is_primary").default(false).notNull(),
  },
  (table) => [index("contacts_client_idx").on(table.clientId)],
);

export const projects = pgTable("projects", {
  id: serial("id").primaryKey(),
  clientId: integer("client_id").references(() => clients.id),
  title: text("title").notNull(),
  status: projectStatus("status").default("draft").notNull(),
  budget: numeric("budget", { precision: 12, scale: 2 }),
  ...timestamps,
});

export const workflows = pgTable("workflows", {
  id: serial("id").primaryKey(),
  projectId: integer("project_id")
    .notNull()
    .references(() => projects.id),
  steps: jsonb("steps").$type<{ name: string; done: boolean }[]>().default([]).notNull(),
  ...timestamps,
});

export const llmConfigurations = pgTable("llm_configurations", {
  id: serial("id").primaryKey(),
  organizationId: integer("organization_id")
    .notNull()
    .references(() => organizations.id),
  model: text("model").default("small").notNull(),
  temperature: numeric("temperature", { precision: 3, scale: 2 }).default("0.70"),
});

export const clientsRelations = relations(clients, ({ many }) => ({
  contacts: many(contacts),
  projects: many(projects),
}));

export const contactsRelations = relations(contacts, ({ one }) => ({
  client: one(clients, { fields: [contacts.clientId], references: [clients.id] }),
}));

export const insertClientSchema = createInsertSchema(clients).omit({ id: true });
export const insertUserSchema = createInsertSchema(users, {
  email: z.string().email(),
}).omit({ id: true, createdAt: true, updatedAt: true });

export type Client = typeof clients.$inferSelect;
export type InsertClient = z.infer<typeof insertClientSchema>;
export type User = typeof users.$inferSelect;
