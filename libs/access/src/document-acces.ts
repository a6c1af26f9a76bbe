import { ROLES } from '@sillage/kernel';
import type { Role } from '@sillage/kernel';
import { PORTEE_DECLAREE } from './droits-dispositif.js';
import type { DroitDispositif } from './droits-dispositif.js';
import { PORTEES_DROIT } from './roles/declaration.js';
import type { Declaration, DeclarationRole, PorteeDroit } from './roles/declaration.js';
import { FAITS_PUBLICS } from './roles/faits-publics.js';
import { DECLARATIONS } from './roles/index.js';
import { ACTIONS, SUJETS } from './vocabulaire.js';
import type { Action, SujetSocle } from './vocabulaire.js';

const SIGNES: Readonly<Record<PorteeDroit, string>> = { PARTOUT: '●', MES_TERRITOIRES: '◐', MA_STRUCTURE: '○' };

/** The text of `docs/access.md`: who may do what, where and why, from the very declarations that the application obeys. */
export function documentAcces(droitsDispositifs: readonly DroitDispositif[] = []): string {
  const blocs = [
    ENTETE,
    ...tableaux(),
    '## Ce que lit toute personne habilitée',
    'Les faits publics du département, sans condition de rôle ; une habilitation limitée à certains dispositifs les lit aussi.',
    liste(FAITS_PUBLICS),
    ...DECLARATIONS.flatMap(sectionRole),
    ...sectionDispositifs(droitsDispositifs),
  ];
  return `${blocs.join('\n\n')}\n`;
}

const ENTETE = `# Qui peut faire quoi

> Ce document est produit à partir de \`libs/access/src/roles\` ; ne le modifiez pas à la main.

Tout ce qui n’est pas écrit ici est refusé. Les droits d’une personne sont l’union de ses habilitations en cours, lues en
base de données et jamais dans son jeton. Une habilitation limitée à certains dispositifs ne compte que pour eux. Une
donnée nominative se voit par un droit propre (« ${ACTIONS.lireNominatif} »), que la consultation ne donne pas. Ce que l’on
ne peut pas lire se présente comme ce qui n’existe pas.

Lecture des tableaux : ${signes()} ; † dans certains états seulement (le détail suit, rôle par rôle) ; une case vide : refusé.`;

function signes(): string {
  const portees = Object.keys(SIGNES) as PorteeDroit[];
  return portees.map((portee) => `${SIGNES[portee]} ${PORTEES_DROIT[portee]}`).join(' ; ');
}

function tableaux(): string[] {
  const sujets = Object.keys(SUJETS) as SujetSocle[];
  return sujets.flatMap((sujet) => {
    const lignes = (Object.keys(ACTIONS) as Action[]).flatMap((action) => ligne(sujet, action));
    if (lignes.length === 0) return [];
    const titres = ['Action', ...DECLARATIONS.map(({ role }) => role)];
    const trait = ['---', ...DECLARATIONS.map(() => ':-:')];
    return [`## ${SUJETS[sujet].libelle}`, [titres, trait, ...lignes].map(rangee).join('\n')];
  });
}

function ligne(sujet: SujetSocle, action: Action): string[][] {
  const cellules = DECLARATIONS.map(({ droits }) => cellule([...FAITS_PUBLICS, ...droits], sujet, action));
  return cellules.some((texte) => texte !== '') ? [[ACTIONS[action], ...cellules]] : [];
}

/** The widest scope says it all: a narrower one adds nothing to it. */
function cellule(droits: readonly Declaration[], sujet: SujetSocle, action: Action): string {
  const utiles = droits.filter(({ peut, sur }) => peut.includes(action) && sur.includes(sujet));
  const marques = utiles.map((droit) => SIGNES[droit.ou] + (droit.etats || droit.saufEtats ? '†' : ''));
  const uniques = [...new Set(marques)];
  return uniques.includes('●') ? '●' : uniques.join(' ');
}

function rangee(cellules: readonly string[]): string {
  return `| ${cellules.join(' | ')} |`;
}

function sectionRole({ role, sens, droits }: DeclarationRole): string[] {
  return [`## ${libelle(role)} (\`${role}\`)`, sens, liste(droits)];
}

function libelle(role: Role): string {
  return ROLES[role].libelle;
}

function liste(droits: readonly Declaration[]): string {
  return droits.map((droit) => `- ${phrase(droit)}`).join('\n');
}

function phrase({ peut, sur, ou, etats, saufEtats, regles }: Declaration): string {
  const actions = enumerer(peut.map((action) => ACTIONS[action]));
  const sujets = enumerer(sur.map((sujet) => SUJETS[sujet].libelle));
  const precision = etats
    ? `, seulement dans l’état ${etats.join(', ')}`
    : saufEtats
      ? `, sauf dans l’état ${saufEtats.join(', ')}`
      : '';
  return `**${sujets}** : ${actions}, ${PORTEES_DROIT[ou]}${precision} (${regles.join(', ')}).`;
}

function enumerer(mots: readonly string[]): string {
  return mots.length < 2 ? mots.join('') : `${mots.slice(0, -1).join(', ')} et ${mots.slice(-1).join('')}`;
}

function sectionDispositifs(droits: readonly DroitDispositif[]): string[] {
  if (droits.length === 0) return [];
  const lignes = droits.map(({ dispositif, role, actions, sujet, portee, regles }) => {
    const noms = actions.map((action) => (ACTIONS as Readonly<Record<string, string>>)[action] ?? action);
    const ou = PORTEES_DROIT[PORTEE_DECLAREE[portee]];
    return rangee([`\`${dispositif}\``, libelle(role), sujet, noms.join(', '), ou, regles.join(', ')]);
  });
  const titres = [rangee(['Dispositif', 'Rôle', 'Sujet', 'Actions', 'Où', 'Règles']), rangee(Array(6).fill('---'))];
  return [
    '## Droits ajoutés par les dispositifs',
    'Chacun ne compte que pour le dispositif qui le déclare.',
    [...titres, ...lignes].join('\n'),
  ];
}
