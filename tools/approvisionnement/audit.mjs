import { execFile } from 'node:child_process';
import { commandeNpm, RACINE } from '../preparer.mjs';
import { VULNERABILITES_ACCEPTEES } from './regles.mjs';

/** The severities of npm that stop us, as we say them. */
const GRAVITES = { high: 'élevée', critical: 'critique' };

/**
 * Asks the registry what it knows of the packages of production, by `npm audit`. Many registries (mirrors, proxies) do not answer, and a
 * network may be missing: `repondu` is then false, and nothing is at fault. No dependency here.
 */
export async function auditer({ delaiMs, dossier = RACINE, acceptees = VULNERABILITES_ACCEPTEES, env = process.env }) {
  const rapport = await demander(delaiMs, dossier, env);
  if (rapport?.vulnerabilities === undefined) return { repondu: false, fautes: [] };
  return { repondu: true, fautes: fautesDesAvis(rapport, acceptees, new Date().toISOString().slice(0, 10)) };
}

/** The high and critical advisories of npm's report that no exception covers on this day (`AAAA-MM-JJ`), one line each. */
export function fautesDesAvis(rapport, acceptees, jour) {
  const avis = new Map(
    Object.values(rapport.vulnerabilities)
      .flatMap(({ via }) => via)
      // A string is the name of another vulnerable package, which has its own entry.
      .filter((cause) => typeof cause === 'object' && cause.severity in GRAVITES)
      .map((cause) => [cause.url, cause]),
  );
  return [...avis.values()].flatMap(({ name, severity, title, range, url }) => {
    const identifiant = url.slice(url.lastIndexOf('/') + 1);
    const exception = acceptees.find((acceptee) => acceptee.avis === identifiant);
    if (exception && exception.jusquAu >= jour) return [];
    const suite = exception ? ` ; exception échue le ${exception.jusquAu}` : '';
    return [`${name} ${range} : ${title} (gravité ${GRAVITES[severity]}, ${identifiant}${suite}).`];
  });
}

/** npm's report, or `undefined` when none came in time. npm exits with 1 for a vulnerability: what it prints tells. */
function demander(delaiMs, dossier, env) {
  const args = ['audit', '--omit=dev', '--json', '--package-lock-only', '--fetch-retries=0'];
  const [commande, argsNpm, options] = commandeNpm([...args, `--fetch-timeout=${delaiMs}`]);
  return new Promise((resolve) => {
    const reglages = { ...options, cwd: dossier, env, timeout: delaiMs, maxBuffer: 2 ** 26 };
    execFile(commande, argsNpm, reglages, (_erreur, sortie) => resolve(lire(sortie)));
  });
}

function lire(sortie) {
  try {
    return JSON.parse(sortie);
  } catch {
    return undefined;
  }
}
