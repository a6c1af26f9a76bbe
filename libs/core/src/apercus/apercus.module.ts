import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { ApercuActivations } from './activation.apercu.js';
import { ApercuResolver } from './apercu.resolver.js';

/** What switching a dispositif on or off would touch: it looks at every capability that stands on the activations. */
@Module({
  imports: [ActivationsModule, DispositifsModule, TerritoiresModule],
  providers: [ApercuActivations, ApercuResolver],
})
export class ApercusModule {}
