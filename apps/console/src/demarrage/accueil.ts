import { dateEnFrancais, type Horloge, jourDe } from '@sillage/kernel';
import { COMPTES_DEMO } from '@sillage/oidc-dev';
import type { Adresses } from './environnement.js';

const FUSEAU = 'Europe/Paris';

/** What the newcomer reads once everything runs; the last line is for scripts. */
export function accueil({ gateway, graphql, graphiql }: Adresses, horloge: Horloge, duree: string): string {
  const largeur = Math.max(...COMPTES_DEMO.map(({ sub }) => sub.length));
  return [
    '',
    `Sillage tourne sur cette machine (${duree}).`,
    '',
    `  À ouvrir      ${graphiql}   (GraphiQL : explorer et essayer l’API)`,
    `  API           ${graphql}`,
    `  Supervision   ${gateway}/sante/pret  ${gateway}/metriques`,
    '',
    '  Comptes de démonstration, tous inventés :',
    ...COMPTES_DEMO.map(({ sub, libelle }) => `    ${sub.padEnd(largeur)}  ${libelle}`),
    '',
    '  Jeton d’un compte, dans un autre terminal :',
    '    npm run -s jeton -- siege',
    '',
    `  Horloge de démonstration : ${presentEnFrancais(horloge)} (les vraies dates de l’appel 2026 sont passées).`,
    '  Elle avance normalement, et reprendra d’ici au prochain démarrage ; npm start -- --reset recommence au début.',
    '',
    `ready ${graphql}`,
  ].join('\n');
}

function presentEnFrancais(horloge: Horloge): string {
  const instant = horloge.maintenant();
  const { hour, minute } = instant.toZonedDateTimeISO(FUSEAU);
  return `${dateEnFrancais(jourDe(instant))}, ${hour} h ${String(minute).padStart(2, '0')}`;
}
