# SPDX-License-Identifier: Apache-2.0
"""CPU seconds of Mesa (Schelling, wolves and sheep), SimPy (M/M/1) and PySD (a teacup), beside the built command.

Usage: simulation-peers.py SEMBLANCE   (a Python with mesa, simpy and pysd; those that lack are left out)
"""
import os, random, resource, subprocess, sys, tempfile, time

command = sys.argv[1]


def ours(text, name="m.yaml"):
    """CPU seconds of one run of a model by the command, its start and its files included."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/{name}", "w") as out:
            out.write(text)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([command, "simulate", f"{folder}/{name}", "-o", f"{folder}/o", "--quiet", "--threads", "1"], check=True)
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


def mesa_wolves(steps):
    """CPU seconds, and how often an animal acted: Mesa's own example, of the size that SpeedTests has in Swift."""
    from mesa.examples.advanced.wolf_sheep.model import Sheep, Wolf, WolfSheep
    from mesa.experimental.devs import ABMSimulator

    acts, seconds = 0, 0.0
    for seed in range(1, 6):
        simulator = ABMSimulator()
        model = WolfSheep(
            width=25, height=25, initial_sheep=60, initial_wolves=40, sheep_reproduce=0.2, wolf_reproduce=0.1,
            wolf_gain_from_food=13, grass_regrowth_time=20, sheep_gain_from_food=5, seed=seed, simulator=simulator)
        begin = time.process_time()
        for _ in range(steps):
            acts += len(model.agents_by_type[Sheep]) + len(model.agents_by_type[Wolf])
            simulator.run_for(1)
        seconds += time.process_time() - begin
    return seconds, acts


def pysd_teacup(text, steps):
    """Seconds to load, and to take the steps."""
    import pysd

    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/teacup.xmile", "w") as out:
            out.write(text)
        begin = time.process_time()
        model = pysd.read_xmile(f"{folder}/teacup.xmile")
        loaded = time.process_time() - begin
        begin = time.process_time()
        model.run(return_timestamps=[0, steps * 0.125])
        return loaded, time.process_time() - begin


queue = """simulate: 1
resources: {desk: {servers: 1}}
arrivals: {guest: {every: "~ exponential(rate = 0.8)"}}
path: {guest: [{seize: desk}, {hold: "~ exponential(rate = 1)"}, {release: desk}]}
until: %d
record: {events: false}
"""
customers = 200000
peer = simpy_queue(customers)
report("M/M/1, customers (with the files of every customer and visit)", customers,
       peer, ours(queue % (customers / 0.8)))
summary = queue.replace("events: false", "events: false, visits: false, customers: false")
report("M/M/1, customers (the summary alone; the peer keeps nothing)", customers,
       peer, ours(summary % (10 * customers / 0.8)) / 10)
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

seconds, acts = mesa_wolves(100)
print(f"WolfSheep, small, agent-steps: Mesa {acts / seconds / 1e3:.0f} k/s; ours in Swift is in SpeedTests", flush=True)

teacup = """<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>none</vendor><product version="1.0" lang="en">none</product></header>
<sim_specs method="Euler" time_units="Minutes"><start>0</start><stop>%s</stop><dt>0.125</dt>
<savestep>%s</savestep></sim_specs><model><variables>
<aux name="room temperature"><eqn>70</eqn></aux>
<aux name="characteristic time"><eqn>1000000</eqn></aux>
<stock name="teacup temperature"><eqn>180</eqn><outflow>heat_loss</outflow></stock>
<flow name="heat loss"><eqn>(teacup_temperature - room_temperature) / characteristic_time</eqn></flow>
</variables></model></xmile>
"""
few, many = 100000, 20000000
loaded, ran = pysd_teacup(teacup % (few * 0.125, few * 0.125), few)
start = ours(teacup % (0.125, 0.125), "teacup.xmile")
mine = (ours(teacup % (many * 0.125, many * 0.125), "teacup.xmile") - start) / many
print(f"teacup: PySD loads in {loaded * 1e3:.0f} ms, we load, run and write a step in {start * 1e3:.0f} ms")
report("teacup, steps", few, ran, mine * few)
