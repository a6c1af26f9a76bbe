/**
 * Loaded before an application that `demarrer` starts (`node --import`): if the process that started it disappears, even
 * by kill -9, the channel between them closes, and the application ends. One that watches the channel by itself stops in
 * its own way, unless that takes too long; one that does not, or has not finished to start, ends at once.
 */
const DELAI_ARRET_MS = 20_000;

process.on('disconnect', () => {
  if (process.listenerCount('disconnect') === 1) process.exit(1);
  setTimeout(() => process.exit(1), DELAI_ARRET_MS).unref();
});
// The channel alone must not keep alive an application that has stopped.
process.channel?.unref();
