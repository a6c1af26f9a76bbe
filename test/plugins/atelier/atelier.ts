import { definirDispositif } from '@sillage/dispositif-kit';
import { minimal } from '../minimal/minimal.js';
import { compterPassage } from './atelier.job.js';
import { Atelier1763900000001 } from './atelier.migration.js';
import { AtelierModule } from './atelier.module.js';

/** A dispositif with what a declaration does not cover: its own tables, reads, mutation, rights and job. */
export const atelier = definirDispositif({
  ...minimal,
  code: 'atelier',
  libelle: 'Ateliers',
  description: 'Montrer des tables, des lectures, une mutation et un job propres à un dispositif.',
  appels: [],
  droits: [
    {
      role: 'SLAI',
      actions: ['lire', 'lireNominatif', 'creer'],
      sujet: 'Atelier',
      portee: 'TERRITOIRE',
      regles: ['TRANS-29', 'TRANS-30'],
    },
    { role: 'SIEGE', actions: ['lire'], sujet: 'Atelier', portee: 'DEPARTEMENT', regles: ['TRANS-29'] },
  ],
  jobs: [compterPassage],
  module: AtelierModule,
  typesGraphql: ['AtelierSeance', 'AtelierInscription', 'AtelierOuvrirInput', 'AtelierOuvrirPayload'],
  migrations: [Atelier1763900000001],
});
