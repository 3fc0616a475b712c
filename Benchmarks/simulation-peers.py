# SPDX-License-Identifier: Apache-2.0
"""CPU seconds of Mesa (Schelling) and SimPy (M/M/1), beside the built command on the same models.

Usage: simulation-peers.py SEMBLANCE   (a Python with mesa and simpy)
"""
import os, random, resource, subprocess, sys, tempfile, time

command = sys.argv[1]


def ours(text):
    """CPU seconds of one run of a model by the command, its start and its files included."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/m.yaml", "w") as out:
            out.write(text)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([command, "simulate", f"{folder}/m.yaml", "-o", f"{folder}/o", "--quiet", "--threads", "1"], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name, units, peer, mine):
    print(f"{name}: peer {units / peer / 1e3:.0f} k/s, ours {units / mine / 1e6:.2f} M/s, ratio {peer / mine:.1f}", flush=True)


def simpy_queue(count):
    import simpy

    draw = random.Random(1)
    env = simpy.Environment()
    server = simpy.Resource(env, 1)

    def customer():
        with server.request() as request:
            yield request
            yield env.timeout(draw.expovariate(1))

    def source():
        for _ in range(count):
            yield env.timeout(draw.expovariate(0.8))
            env.process(customer())

    env.process(source())
    begin = time.process_time()
    env.run()
    return time.process_time() - begin


def mesa_schelling(side, agents, steps, wanted):
    import mesa
    from mesa.discrete_space import CellAgent, OrthogonalMooreGrid

    class Home(CellAgent):
        def __init__(self, model, cell, group):
            super().__init__(model)
            self.cell, self.group = cell, group

        def step(self):
            if sum(n.group == self.group for n in self.cell.neighborhood.agents) < wanted:
                self.cell = self.model.grid.select_random_empty_cell()

    class City(mesa.Model):
        def __init__(self):
            super().__init__(seed=1)
            self.grid = OrthogonalMooreGrid((side, side), torus=False, capacity=1, random=self.random)
            for index in range(agents):
                Home(self, self.grid.select_random_empty_cell(), index % 2)

        def step(self):
            self.agents.shuffle_do("step")

    city = City()
    begin = time.process_time()
    for _ in range(steps):
        city.step()
    return time.process_time() - begin


queue = """simulate: 1
resources: {desk: {servers: 1}}
arrivals: {guest: {every: "~ exponential(rate = 0.8)"}}
path: {guest: [{seize: desk}, {hold: "~ exponential(rate = 1)"}, {release: desk}]}
until: %d
record: {events: false}
"""
customers = 200000
report("M/M/1, customers (with the files of every customer and visit)", customers,
       simpy_queue(customers), ours(queue % (customers / 0.8)))
for side, agents, steps in ((40, 1000, 20), (100, 8000, 20)):
    city = f"""simulate: 1
space: {{grid: [{side}, {side}], one_per_cell: true}}
agents: {{home: {{rows: {agents}, columns: {{group: "~ integer(0, 1)"}}}}}}
each_step: {{home: [{{when: "count(neighbours(1), group == mine.group) < 3", do: move(random_empty)}}]}}
steps: {steps * 10}
record: {{home: {{every: 1000}}}}
"""
    report(f"Schelling {side} x {side}, agent-steps", agents * steps,
           mesa_schelling(side, agents, steps, 3), ours(city) / 10)
