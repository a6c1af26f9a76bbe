/**
 * Loaded before an application that `demarrer` starts (`node --import`): if the process that started it disappears, even
 * by kill -9, the channel between them closes, and the application stops as if it had been asked to.
 */
const DELAI_ARRET_MS = 10_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), DELAI_ARRET_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The channel alone must not keep alive an application that has stopped.
process.channel?.unref();
