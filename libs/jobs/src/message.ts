import { z } from 'zod';

/** All that the queue knows of a job: where to find it. The rest stays in the outbox, under row-level security. */
export const messageJob = z.strictObject({ departementId: z.string().min(1), outboxId: z.uuid() });
export type MessageJob = z.infer<typeof messageJob>;

/** A message with its BullMQ id and the job's name, which the queue's own screens show. */
export interface MessagePublie extends MessageJob {
  nom: string;
  publication: number;
}

/**
 * The same publication made twice (a dispatcher that died before its commit) has the same id, so the queue keeps one; the next
 * publication has another, so what is left of a dead worker cannot hold it back. BullMQ refuses `:` and whole numbers.
 */
export function identifiantBullmq({ outboxId, publication }: MessagePublie): string {
  return `${outboxId}_${publication}`;
}
