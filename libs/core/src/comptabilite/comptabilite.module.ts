import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { AppelsModule } from '../appels/index.js';
import { ParametresModule } from '../parametres/index.js';
import { racinesComptabilite } from './comptabilite.lu.js';
import { ComptabiliteResolver } from './comptabilite.resolver.js';
import { EnveloppeAdministration } from './enveloppe.administration.js';
import { EnveloppeService } from './enveloppe.service.js';
import { GrandLivre } from './grand-livre.js';

/** Enveloppes and the ledger: what was opened, committed, paid, and what each écriture was. */
@Module({
  imports: [AppelsModule, ParametresModule, SillageReadModule.forFeature({ racines: racinesComptabilite })],
  providers: [GrandLivre, EnveloppeService, EnveloppeAdministration, ComptabiliteResolver],
  exports: [GrandLivre, EnveloppeService],
})
export class ComptabiliteModule {}
