import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the system says of a process; undefined when it is gone, or where the system cannot be asked. */

export function ligneDeCommande(pid) {
  return process.platform === 'linux' ? lire(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') : ps(pid, 'command');
}

export function parentDe(pid) {
  // After the name, which is in brackets and may hold anything: the state, then the parent.
  const texte = process.platform === 'linux' ? lire(`/proc/${pid}/stat`)?.replace(/^.*\) \S+ /s, '') : ps(pid, 'ppid');
  return texte === undefined ? undefined : Number.parseInt(texte, 10);
}

function lire(fichier) {
  try {
    return readFileSync(fichier, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid, champ) {
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', `${champ}=`], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
