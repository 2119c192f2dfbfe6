CREATE TYPE "e" AS ENUM('a');--> statement-breakpoint
CREATE TABLE "a" (
	"id" integer PRIMARY KEY,
	"x" text,
	"k" "e"
);
--> statement-breakpoint
CREATE TABLE "b" (
	"id" integer PRIMARY KEY
);
