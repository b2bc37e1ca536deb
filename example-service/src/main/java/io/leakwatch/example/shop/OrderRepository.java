package io.leakwatch.example.shop;

import java.time.Instant;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface OrderRepository extends JpaRepository<Order, Long> {

	List<Order> findTop20ByOrderByIdDesc();

	@Transactional
	@Modifying
	@Query("delete from Order o where o.placedAt < :limit")
	int deletePlacedBefore(Instant limit);

}
