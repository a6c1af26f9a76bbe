import { egal, parmi, type Racine, SillageReadModule, tris } from '@sillage/read';
import { Module } from '@nestjs/common';
import { modifieDepuis } from '../api/depuis.js';
import { territoireNomme } from '../territoires/index.js';
import {
  accompagnementLu,
  accompagnementsParEtatLu,
  comptesParEtat,
  EtatAccompagnementEnum,
  PAR_DEBUT,
} from './accompagnement.lu.js';

const racines: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'accompagnements',
    type: accompagnementLu,
    description: 'Les accompagnements que vous pouvez consulter, du plus récemment commencé au plus ancien.',
    ordre: PAR_DEBUT,
    tris: tris('TriAccompagnements', {
      DEBUT_DESC: { libelle: 'Du plus récemment commencé au plus ancien', ordre: PAR_DEBUT },
      DEBUT_ASC: { libelle: 'Du plus anciennement commencé au plus récent', ordre: { ...PAR_DEBUT, sens: 'asc' } },
    }),
    filtres: {
      territoire: territoireNomme('territoire_id'),
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatAccompagnementEnum, 'etat'),
      updatedSince: modifieDepuis,
    },
  },
  {
    genre: 'un',
    nom: 'accompagnement',
    type: accompagnementLu,
    description: 'Nul s’il n’existe pas ou ne vous est pas accessible.',
  },
  {
    genre: 'liste',
    nom: 'accompagnementsParEtat',
    type: accompagnementsParEtatLu,
    description: 'Combien d’accompagnements, par territoire, dispositif et état, parmi ceux que vous pouvez consulter.',
    ordre: { sens: 'asc', colonnes: ['territoire_id', 'dispositif', 'etat'].map((nom) => ({ nom, type: 'text' })) },
    depuis: comptesParEtat,
  },
];

@Module({ imports: [SillageReadModule.forFeature({ racines })] })
export class AccompagnementsModule {}
