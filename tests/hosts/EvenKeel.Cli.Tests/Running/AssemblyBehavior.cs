// Each test starts clusters of several processes: one after the other, they leave the cores to what they measure.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
