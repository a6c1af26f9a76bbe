import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel has counted of processes, on Linux; undefined elsewhere. */

const MS_PAR_TIC = 10;

/** CPU of a process so far, all its threads, in milliseconds. */
export function cpuMs(pid: number): number | undefined {
  const etat = lireEtat(pid);
  return etat === undefined ? undefined : (etat.utilisateur + etat.systeme) * MS_PAR_TIC;
}

/** CPU of a process and of its children so far, those that have ended included, in milliseconds. */
export function cpuFamilleMs(pid: number): number | undefined {
  const pere = lireEtat(pid);
  if (pere === undefined) return undefined;
  let tics = pere.utilisateur + pere.systeme + pere.enfantsFinis;
  for (const nom of readdirSync('/proc')) {
    const enfant = /^\d+$/.test(nom) ? lireEtat(Number(nom)) : undefined;
    if (enfant?.parent === pid) tics += enfant.utilisateur + enfant.systeme;
  }
  return tics * MS_PAR_TIC;
}

/** Memory that a process holds now, in MiB. */
export function rssMio(pid: number): number | undefined {
  const kio = /^VmRSS:\s+(\d+) kB$/m.exec(lire(`/proc/${pid}/status`) ?? '')?.[1];
  return kio === undefined ? undefined : Number(kio) / 1024;
}

interface EtatProcessus {
  readonly parent: number;
  readonly utilisateur: number;
  readonly systeme: number;
  readonly enfantsFinis: number;
}

function lireEtat(pid: number): EtatProcessus | undefined {
  // After the name, which is in brackets and may hold anything: the state, then the fields from the fourth on.
  const champs = lire(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  if (champs === undefined) return undefined;
  const [, parent = 0] = champs;
  const [utilisateur = 0, systeme = 0, enfantsUtilisateur = 0, enfantsSysteme = 0] = champs.slice(11, 15);
  return { parent, utilisateur, systeme, enfantsFinis: enfantsUtilisateur + enfantsSysteme };
}

function lire(fichier: string): string | undefined {
  try {
    return readFileSync(fichier, 'utf8');
  } catch {
    return undefined;
  }
}
