import { DateCivileScalaire, HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import { calcul, colonne, euros, instant, jour, page, type Racine, type TypeLu, un, unSelon } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { versementLu } from '../versements/versement.lu.js';
import { RESULTATS_RETOUR } from './bordereau.entity.js';

const ResultatRetourEnum = enumerationGraphql(RESULTATS_RETOUR, 'ResultatRetour', 'Ce qu’a répondu le comptable.');

const retourLu: TypeLu = {
  nom: 'RetourBordereau',
  description: 'Ce que le logiciel financier a répondu à une ligne.',
  table: 'sillage.bordereau_retour',
  sansId: true,
  champs: {
    resultat: colonne(() => ResultatRetourEnum, 'resultat'),
    date: jour(() => DateCivileScalaire, 'date', { description: 'Jour du paiement ou du rejet.' }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'D’un rejet : pourquoi.' }),
  },
};

const ligneLue: TypeLu = {
  nom: 'LigneBordereau',
  description: 'Un versement envoyé au logiciel financier.',
  table: 'sillage.bordereau_ligne',
  champs: {
    versement: un(() => versementLu, { par: 'versement_id', nullable: true }),
    montant: euros(() => MontantScalaire, 'montant_centimes'),
    retour: unSelon(
      () => retourLu,
      (p, e) =>
        `${e.colonne('departement_id')} = ${p.colonne('departement_id')} and ${e.colonne('ligne_id')} = ${p.colonne('id')}
           and (${e.colonne('resultat')} = 'REJETE' or not exists (select from sillage.bordereau_retour revenu
             where revenu.departement_id = ${p.colonne('departement_id')} and revenu.ligne_id = ${p.colonne('id')} and revenu.resultat = 'REJETE'))`,
      { description: 'La dernière réponse ; nul tant que le comptable n’a pas répondu.' },
    ),
  },
};

const somme = (alias: string, sens: string): string =>
  `(select round(coalesce(sum(bl.montant_centimes), 0)::numeric / 100, 2)::text from sillage.bordereau_ligne bl
     where bl.departement_id = ${alias}.departement_id and bl.bordereau_id = ${alias}.id and bl.sens = '${sens}')`;

export const bordereauLu: TypeLu = {
  nom: 'Bordereau',
  description: 'Ce qui a été envoyé au logiciel financier, à l’octet près, et ce qu’il a répondu.',
  table: 'sillage.bordereau',
  droits: { sujet: 'Bordereau', champs: () => ({}) },
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple BORD-62-2026-000003.' }),
    contenu: colonne(() => String, 'contenu', { description: 'Le fichier CSV, en UTF-8.' }),
    empreinte: colonne(() => String, 'empreinte', { description: 'SHA-256 du fichier, en hexadécimal.' }),
    aPayer: calcul(
      () => MontantScalaire,
      (l) => somme(l.alias, 'A_PAYER'),
    ),
    aReverser: calcul(
      () => MontantScalaire,
      (l) => somme(l.alias, 'A_REVERSER'),
    ),
    enAttente: calcul(
      () => Int,
      (l) => `(select count(*)::int from sillage.bordereau_ligne bl
        where bl.departement_id = ${l.alias}.departement_id and bl.bordereau_id = ${l.alias}.id
          and not exists (select from sillage.bordereau_retour br where br.departement_id = bl.departement_id and br.ligne_id = bl.id))`,
      { description: 'Lignes auxquelles le comptable n’a pas répondu.' },
    ),
    lignes: page(() => ligneLue, { par: 'bordereau_id', ordre: PREMIERS_D_ABORD }),
    emisLe: instant(() => HorodatageScalaire, 'emis_le'),
  },
};

export const racinesBordereaux: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'bordereaux',
    type: bordereauLu,
    description: 'Les bordereaux envoyés au logiciel financier, du plus récent au plus ancien.',
    ordre: DERNIERS_D_ABORD,
    filtres: {},
  },
  {
    genre: 'un',
    nom: 'bordereau',
    type: bordereauLu,
    description: 'Nul s’il n’existe pas ou ne vous est pas accessible.',
  },
];
