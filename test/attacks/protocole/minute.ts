const MINUTE_MS = 60_000;

/** Budgets are a minute of the clock's: waits for the next one when less than that is left of this one. */
export async function avoirDevantSoi(ms: number): Promise<void> {
  const reste = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (reste < ms) await new Promise((fini) => setTimeout(fini, reste + 50));
}
