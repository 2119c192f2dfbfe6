ALTER TYPE "e" ADD VALUE 'b';--> statement-breakpoint
DROP TABLE "b";--> statement-breakpoint
ALTER TABLE "a" ADD COLUMN "z" text;--> statement-breakpoint
ALTER TABLE "a" ALTER COLUMN "x" SET DATA TYPE varchar(5) USING "x"::varchar(5);--> statement-breakpoint
ALTER TABLE "a" ALTER COLUMN "x" SET NOT NULL;